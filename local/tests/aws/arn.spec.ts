import assert from "node:assert/strict";
import { regionOf, serviceOf } from "../../aws/arn";

const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";

describe("an ARN", () => {
  it("tells the region", () => {
    assert.equal(regionOf(certificate), "us-east-1");
    assert.equal(regionOf("arn:aws:iam::123456789012:role/reader"), "");
    assert.equal(regionOf("certificate"), "");
  });

  it("tells the service", () => {
    assert.equal(serviceOf(certificate), "acm");
    assert.equal(serviceOf("certificate"), "");
  });
});
