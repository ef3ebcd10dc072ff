import assert from "node:assert/strict";
import {
  metricsEnvironment,
  metricsLocation,
} from "../../../components/operations/business-metrics";
import { runMocked } from "../../support/pulumi";

describe("metricsEnvironment", () => {
  const location = { namespace: "Darkroom", dimensions: { service: "shop", stage: "production" } };

  it("tells a function that counts the namespace, and what stands for the stack", () => {
    assert.deepEqual(metricsEnvironment("upload-image", location), {
      POWERTOOLS_METRICS_NAMESPACE: "Darkroom",
      METRICS_SERVICE: "shop",
      METRICS_STAGE: "production",
    });
  });

  it("tells nothing to others, and nothing to anybody where nothing is counted", () => {
    assert.deepEqual(metricsEnvironment("get-image", location), {});
    assert.deepEqual(metricsEnvironment("upload-image", undefined), {});
  });
});

describe("metricsLocation", () => {
  it("is of the prefix and the stack, and so each metric once", async () => {
    const { result } = await runMocked(() => metricsLocation("shop"), { stack: "production" });
    assert.deepEqual(result, {
      namespace: "Darkroom",
      dimensions: { service: "shop", stage: "production" },
    });
  });
});
