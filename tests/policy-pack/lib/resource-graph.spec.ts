import assert from "node:assert/strict";
import { Struct } from "../../../local/engine/protobuf";
import { Properties, ResourceRecord } from "../../../policy-pack/lib/resource-record";
import { ResourceGraph } from "../../../policy-pack/lib/resource-graph";
import { sdkProxy } from "../../../policy-pack/lib/sdk-proxy";

const structOf = (values: Record<string, unknown>) =>
  Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
const unknown = sdkProxy.unknownStringValue;
const bucketType = "aws:s3/bucket:Bucket";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

function record(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  outputs: Record<string, unknown> = {},
  dependencies: Record<string, ResourceRecord[]> = {},
): ResourceRecord {
  const made = new ResourceRecord(type, name, `urn:${type}::${name}`);
  made.inputs = new Properties(structOf(inputs));
  made.outputs = new Properties(structOf({ ...outputs, ...inputs }));
  made.provider = new Properties(undefined);
  made.propertyDependencies = new Map(
    Object.entries(dependencies).map(([property, sources]) => [
      property,
      sources.map(({ urn }) => urn),
    ]),
  );
  return made;
}

function bucket(name: string): ResourceRecord {
  return record(bucketType, name, { bucket: `${name}-4f2a` }, { arn: unknown, id: unknown });
}

describe("what refers to what", () => {
  const images = bucket("images");
  const results = bucket("results");

  function referredBy(policy: ResourceRecord, ...others: ResourceRecord[]): string[] {
    const graph = new ResourceGraph([images, results, policy, ...others]);
    const found = graph.referred(policy, "bucket", [bucketType]);
    for (const target of [images, results]) {
      const isFound = found.includes(target);
      assert.equal(graph.refers(policy, "bucket", target), isFound);
      assert.equal(graph.referring(target, "bucket", [policyType]).includes(policy), isFound);
    }
    return found.map(({ name }) => name);
  }

  for (const [what, value] of [
    ["name", "images-4f2a"],
    ["ARN", "arn:aws:s3:::images-4f2a"],
    ["ARN with a suffix", "arn:aws:s3:::images-4f2a/*"],
    ["name in a list", ["images-4f2a"]],
    ["name in an object", [{ name: { value: "images-4f2a" } }]],
  ] as const) {
    it(`is told by a literal ${what}`, () => {
      assert.deepEqual(referredBy(record(policyType, "p", { bucket: value })), ["images"]);
    });
  }

  for (const value of ["images", "images-4f2a2", "arn:aws:sqs:::images-4f2a", "", unknown]) {
    it(`is not told by ${JSON.stringify(value)}`, () => {
      assert.deepEqual(referredBy(record(policyType, "p", { bucket: value })), []);
    });
  }

  it("is told by where an unknown value comes from", () => {
    const policy = record(policyType, "p", { bucket: unknown }, {}, { bucket: [results] });
    assert.deepEqual(referredBy(policy), ["results"]);
  });

  it("is told by the value where that may come from several", () => {
    const sources = { bucket: [images, results] };
    const known = record(policyType, "p", { bucket: "results-4f2a" }, {}, sources);
    assert.deepEqual(referredBy(known), ["results"]);
    const open = record(policyType, "p", { bucket: unknown }, {}, sources);
    assert.deepEqual(referredBy(open), ["images", "results"]);
  });

  it("reaches into the component that a value comes from, but not into other resources", () => {
    const group = record("programs:index:Group", "group", {});
    group.provider = undefined;
    images.parent = group.urn;
    const policy = record(policyType, "p", { bucket: unknown }, {}, { bucket: [group] });
    assert.deepEqual(referredBy(policy, group), ["images"]);
    images.parent = results.urn;
    const ofResults = record(policyType, "p", { bucket: unknown }, {}, { bucket: [results] });
    assert.deepEqual(referredBy(ofResults), ["results"]);
    images.parent = "";
  });

  it("is told by an id or ARN that is known at the deployment only", () => {
    const key = record("aws:kms/key:Key", "key", {}, { arn: "arn:aws:kms:::key/1", keyId: "1" });
    for (const value of ["arn:aws:kms:::key/1", "1"]) {
      const topic = record("aws:sns/topic:Topic", "t", { kmsMasterKeyId: value });
      const graph = new ResourceGraph([key, topic]);
      assert.deepEqual(graph.referring(key, "kmsMasterKeyId", [topic.type]), [topic]);
    }
  });

  it("never takes two values that are not known for the same", () => {
    const key = record("aws:kms/key:Key", "key", {}, { arn: unknown, keyId: unknown });
    const topic = record("aws:sns/topic:Topic", "t", { kmsMasterKeyId: unknown });
    assert.deepEqual(
      new ResourceGraph([key, topic]).referred(topic, "kmsMasterKeyId", [key.type]),
      [],
    );
  });

  it("does not lead from a resource to itself", () => {
    const alone = record(policyType, "p", { bucket: "b", name: "b" });
    assert.deepEqual(new ResourceGraph([alone]).referred(alone, "bucket", [policyType]), []);
  });
});
