import assert from "node:assert/strict";
import { specialArchiveSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { difference } from "../../provider/diff";
import { replaces } from "../../provider/force-new";

const table = "aws:dynamodb/table:Table";

describe("The difference of inputs", () => {
  it("is none where documents say the same in other words", () => {
    const before = { policy: '{"Version":"2012-10-17","Statement":[]}', tags: { a: "b" } };
    const after = { policy: '{ "Statement": [], "Version": "2012-10-17" }', tags: { a: "b" } };
    assert.deepEqual(difference("aws:iam/policy:Policy", before, after).changes, []);
  });

  it("is none where nothing is written as null", () => {
    assert.deepEqual(difference(table, { ttl: null }, {}).changes, []);
  });

  it("names what was added, changed and removed, however deep", () => {
    const before = { tags: { Old: "1", "a.b": "1" }, attributes: [{ name: "a" }, { name: "b" }] };
    const after = { tags: { New: "1", "a.b": "2" }, attributes: [{ name: "a" }, { name: "c" }] };
    assert.deepEqual(difference(table, before, after).changes, [
      { path: "attributes[1].name", kind: "update", replaces: false },
      { path: "tags.New", kind: "add", replaces: false },
      { path: "tags.Old", kind: "delete", replaces: false },
      { path: 'tags["a.b"]', kind: "update", replaces: false },
    ]);
  });

  it("tells archives apart by their content, not by where they are", () => {
    const archive = (hash: string, path: string) => ({
      [specialSigKey]: specialArchiveSig,
      hash,
      path,
    });
    const type = "aws:lambda/function:Function";
    const before = { code: archive("1", "/old.zip") };
    assert.deepEqual(difference(type, before, { code: archive("1", "/new.zip") }).changes, []);
    assert.deepEqual(difference(type, before, { code: archive("2", "/old.zip") }).changes, [
      { path: "code", kind: "update", replaces: false },
    ]);
  });

  it("replaces a resource when what cannot be changed does", () => {
    const [change] = difference(table, { hashKey: "id" }, { hashKey: "key" }).changes;
    assert.deepEqual(change, { path: "hashKey", kind: "update", replaces: true });
  });

  for (const [type, inputs] of [
    ["aws:cloudfront/distribution:Distribution", { staging: false }],
    ["aws:cloudwatch/eventRule:EventRule", { eventBusName: "default" }],
    ["aws:cloudwatch/logGroup:LogGroup", { logGroupClass: "STANDARD", namePrefix: "" }],
    ["aws:iam/policy:Policy", { path: "/", description: "" }],
    ["aws:iam/role:Role", { path: "/" }],
    ["aws:kms/key:Key", { keyUsage: "ENCRYPT_DECRYPT", multiRegion: false }],
    ["aws:lambda/function:Function", { packageType: "Zip" }],
    ["aws:s3/bucket:Bucket", { bucketNamespace: "global", objectLockEnabled: false }],
    ["aws:sqs/queue:Queue", { fifoQueue: false }],
    ["aws:ssm/parameter:Parameter", { dataType: "text" }],
    ["random:index/randomPassword:RandomPassword", { special: true, minLower: 0 }],
    ["random:index/randomPet:RandomPet", { length: 2, separator: "-" }],
    ["tls:index/privateKey:PrivateKey", { rsaBits: 2048, ecdsaCurve: "P224" }],
  ] as const) {
    it(`is none where an ${type} comes to say what is taken anyway, or ceases to`, () => {
      assert.deepEqual(difference(type, {}, inputs).changes, []);
      assert.deepEqual(difference(type, inputs, {}).changes, []);
    });
  }

  for (const [type, inputs] of [
    ["aws:ssm/parameter:Parameter", { name: "other" }],
    ["random:index/randomPassword:RandomPassword", { special: false }],
    ["random:index/randomString:RandomString", { keepers: { a: "b" } }],
    ["random:index/randomUuid:RandomUuid", { keepers: { a: "b" } }],
    ["tls:index/privateKey:PrivateKey", { rsaBits: 3072 }],
  ] as const) {
    it(`replaces an ${type} that comes to say something else, or ceases to`, () => {
      for (const [before, after] of [
        [{}, inputs],
        [inputs, {}],
      ]) {
        const { changes } = difference(type, before ?? {}, after ?? {});
        assert.ok(changes.length > 0 && changes.every((change) => change.replaces));
      }
    });
  }

  it("replaces a resource that is to have what AWS takes anyway, and had not", () => {
    const [path] = difference("aws:iam/role:Role", { path: "/app/" }, {}).changes;
    assert.deepEqual(path, { path: "path", kind: "delete", replaces: true });
    const [group] = difference(
      "aws:cloudwatch/logGroup:LogGroup",
      {},
      { logGroupClass: "INFREQUENT_ACCESS" },
    ).changes;
    assert.deepEqual(group, { path: "logGroupClass", kind: "add", replaces: true });
  });

  it("deletes before it replaces where both would have the one name", () => {
    const before = { name: "given", hashKey: "id" };
    assert.equal(difference(table, before, { ...before, hashKey: "k" }).deleteBeforeReplace, true);
    const renamed = difference(table, before, { name: "other", hashKey: "id" });
    assert.equal(renamed.deleteBeforeReplace, false);
    const updated = difference(table, before, { ...before, readCapacity: 5 });
    assert.equal(updated.deleteBeforeReplace, false);
  });

  it("deletes the attachment of a policy before it replaces it, as both may be the same", () => {
    const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const before = { role: "old", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
    const moved = difference(type, before, { ...before, role: "new" });
    assert.equal(moved.deleteBeforeReplace, true);
    assert.equal(difference(type, before, before).deleteBeforeReplace, false);
  });

  for (const [type, input, replaced] of [
    ["aws:apigateway/apiKey:ApiKey", "name", false],
    ["aws:apigateway/apiKey:ApiKey", "value", true],
    ["aws:cloudfront/originAccessControl:OriginAccessControl", "name", false],
    ["aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "name", false],
    ["aws:cloudwatch/logGroup:LogGroup", "kmsKeyId", false],
    ["aws:dynamodb/table:Table", "localSecondaryIndexes", true],
    ["aws:dynamodb/table:Table", "globalSecondaryIndexes", false],
    ["aws:dynamodb/table:Table", "restoreBackupArn", true],
    ["aws:iam/policy:Policy", "description", true],
    ["aws:iam/role:Role", "description", false],
    ["aws:s3/bucket:Bucket", "bucketNamespace", true],
    ["aws:s3/bucketVersioning:BucketVersioning", "expectedBucketOwner", true],
    ["aws:s3/bucketVersioning:BucketVersioning", "mfa", false],
    ["aws:sns/topicSubscription:TopicSubscription", "endpoint", true],
    ["aws:sqs/queue:Queue", "contentBasedDeduplication", false],
  ] as const) {
    it(`${replaced ? "replaces" : "updates"} an ${type} whose ${input} changes`, () => {
      assert.equal(replaces(type, input), replaced);
    });
  }

  it("updates the policy of a queue that the run has at another address, and replaces that of another", () => {
    const to = (url: string) => {
      const before = { queueUrl: "http://127.0.0.1:4100/123456789012/jobs" };
      return difference("aws:sqs/queuePolicy:QueuePolicy", before, { queueUrl: url }).changes;
    };
    const change = { path: "queueUrl", kind: "update" } as const;
    assert.deepEqual(to("http://192.0.2.2:4200/123456789012/jobs"), [
      { ...change, replaces: false },
    ]);
    assert.deepEqual(to("http://127.0.0.1:4100/123456789012/others"), [
      { ...change, replaces: true },
    ]);
  });

  it("replaces resources of any type that are to be in another region", () => {
    assert.equal(replaces("aws:ec2/vpc:Vpc", "region"), true);
    assert.equal(replaces("aws:ec2/vpc:Vpc", "tags"), false);
  });
});
