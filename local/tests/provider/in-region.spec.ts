import assert from "node:assert/strict";
import { inRegion, mayBeIn } from "../../provider/in-region";
import { plannedRequest } from "./planned-request";

const account = { accountId: "123456789012", region: "eu-central-1", partition: "aws" };

describe("mayBeIn", () => {
  it("has what goes with CloudFront in us-east-1, too, and all else in the account's region", () => {
    for (const type of [
      "aws:acm/certificate:Certificate",
      "aws:wafv2/webAcl:WebAcl",
      "aws:cloudwatch/logDelivery:LogDelivery",
    ]) {
      assert.equal(mayBeIn("us-east-1", type, account), true);
      assert.equal(mayBeIn("eu-west-1", type, account), false);
    }
    for (const type of ["aws:s3/bucket:Bucket", "aws:cloudwatch/logGroup:LogGroup"]) {
      assert.equal(mayBeIn("us-east-1", type, account), false);
      assert.equal(mayBeIn("eu-central-1", type, account), true);
    }
  });
});

describe("inRegion", () => {
  it("is the account where the resource asks to be", () => {
    const regionOf = (inputs: Record<string, unknown>) =>
      inRegion(account, plannedRequest("aws:acm/certificate:Certificate", inputs)).region;
    assert.equal(regionOf({ region: "us-east-1" }), "us-east-1");
    assert.equal(regionOf({}), "eu-central-1");
  });
});
