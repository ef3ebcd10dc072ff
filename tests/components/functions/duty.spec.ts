import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { duty } from "../../../components/functions/duty";
import { allow } from "../../../components/policies/grants";
import { outputValue } from "../../support/pulumi";

describe("duty", () => {
  const imagesTable = { name: pulumi.output("images-1"), arn: pulumi.output("arn:images") };
  const signingKey = { name: pulumi.output("key-1"), arn: pulumi.output("arn:key") };

  it("tells a function the names of what it works with, and settings", async () => {
    const { environment } = duty({ imagesTable, signingKey }, () => [], { MAX_BYTES: "1" });
    assert.deepEqual(await outputValue(environment), {
      IMAGES_TABLE: "images-1",
      SIGNING_KEY_PARAMETER: "key-1",
      MAX_BYTES: "1",
    });
  });

  it("grants by their ARNs", async () => {
    const { statements } = duty({ imagesTable }, (arns) => [
      allow("Read", ["dynamodb:GetItem"], [arns.imagesTable]),
    ]);
    assert.deepEqual(await outputValue(statements), [
      allow("Read", ["dynamodb:GetItem"], ["arn:images"]),
    ]);
  });
});
