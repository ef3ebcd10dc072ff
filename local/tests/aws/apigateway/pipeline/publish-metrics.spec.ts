import assert from "node:assert/strict";
import { inLab, type Lab, ok, openApi, proxied, raw } from "../lab";

const document = openApi({ "/things": { get: proxied() } });

function valuesOf(lab: Lab, name: string, dimensions: object): number[] {
  return lab.metrics
    .filter((datum) => datum.name === name)
    .filter((datum) => JSON.stringify(datum.dimensions) === JSON.stringify(dimensions))
    .map(({ value }) => value);
}

describe("publishMetrics", () => {
  it("counts requests and errors for the API and for the stage", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, { name: "shop" });
      await raw(url, "/things");
      await raw(url, "/nothing");
      lab.invoke = () => ok(null);
      await raw(url, "/things");
      for (const dimensions of [{ ApiName: "shop" }, { ApiName: "shop", Stage: "prod" }]) {
        assert.deepEqual(valuesOf(lab, "Count", dimensions), [1, 1, 1]);
        assert.deepEqual(valuesOf(lab, "4XXError", dimensions), [0, 1, 0]);
        assert.deepEqual(valuesOf(lab, "5XXError", dimensions), [0, 0, 1]);
        assert.equal(valuesOf(lab, "Latency", dimensions).length, 3);
        assert.equal(valuesOf(lab, "IntegrationLatency", dimensions).length, 2);
      }
      assert.ok(lab.metrics.every(({ namespace }) => namespace === "AWS/ApiGateway"));
    }));

  it("publishes per method where its settings say so", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, { methods: { metricsEnabled: true } });
      await raw(url, "/things");
      const dimensions = { ApiName: "lab", Stage: "prod", Resource: "/things", Method: "GET" };
      assert.deepEqual(valuesOf(lab, "Count", dimensions), [1]);
    }));
});
