import assert from "node:assert/strict";
import { join } from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { ComputedOutputs } from "../../engine/computed-outputs";

describe("ComputedOutputs", () => {
  const computed = new ComputedOutputs(join(__dirname, "../../.."));

  it("knows which outputs a resource of AWS always has", async () => {
    const unknowns = await computed.unknownsOf("aws:dynamodb/table:Table");
    assert.equal(unknowns.id, unknownValue);
    assert.equal(unknowns.arn, unknownValue);
    assert.equal(unknowns.tagsAll, unknownValue);
    assert.equal(unknowns.serverSideEncryption, unknownValue);
  });

  it("leaves out outputs that a resource may lack", async () => {
    const unknowns = await computed.unknownsOf("aws:dynamodb/table:Table");
    assert.equal("rangeKey" in unknowns, false);
    assert.equal("tags" in unknowns, false);
  });

  it("knows which types take a name that may be left out", async () => {
    assert.equal(await computed.takesName("aws:dynamodb/table:Table"), true);
    // A record's name says where it is.
    assert.equal(await computed.takesName("aws:route53/record:Record"), false);
    assert.equal(await computed.takesName("aws:s3/bucketVersioning:BucketVersioning"), false);
    assert.equal(await computed.takesName("test:index/thing:Thing"), false);
  });

  it("knows no more than the id of types without a declaration", async () => {
    for (const type of ["test:index/thing:Thing", "aws:nowhere/nothing:Nothing", "demo:Group"]) {
      assert.deepEqual(await computed.unknownsOf(type), { id: unknownValue });
    }
  });
});
