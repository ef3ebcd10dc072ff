import assert from "node:assert/strict";
import { autoName, isToBeNamed, namingRule } from "../../provider/auto-name";
import type { ProposedName } from "../../provider/auto-name";
import type { Properties } from "../../provider/resource";

const random = (length: number, alphabet: string) => alphabet.charAt(1).repeat(length);

function nameOf(
  type: string,
  name: string,
  inputs: Properties = {},
  proposed?: ProposedName,
): string {
  const rule = namingRule(type, true);
  assert.ok(rule);
  return autoName({ type, name, inputs }, rule, random, proposed);
}

describe("namingRule", () => {
  it("names what has an optional name, and what the provider names otherwise", () => {
    assert.equal(namingRule("aws:dynamodb/table:Table", true)?.property, "name");
    assert.equal(namingRule("aws:s3/bucket:Bucket", false)?.property, "bucket");
    assert.equal(namingRule("aws:rds/instance:Instance", false)?.property, "identifier");
    assert.equal(namingRule("aws:lambda/permission:Permission", false)?.property, "statementId");
  });

  it("names nothing without a name, no DNS records, and nothing of other packages", () => {
    assert.equal(namingRule("aws:s3/bucketVersioning:BucketVersioning", false), undefined);
    assert.equal(namingRule("aws:route53/record:Record", true), undefined);
    assert.equal(namingRule("random:index/randomId:RandomId", true), undefined);
  });
});

describe("isToBeNamed", () => {
  const bucket = namingRule("aws:s3/bucket:Bucket", false);

  const cases: [what: string, inputs: Properties, expected: boolean][] = [
    ["no name", {}, true],
    ["a null name", { bucket: null }, true],
    ["a name", { bucket: "mine" }, false],
    ["a name that is not known", { bucket: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, false],
    ["a prefix", { bucketPrefix: "mine" }, false],
  ];
  for (const [what, inputs, expected] of cases) {
    it(`is ${expected} for ${what}`, () => {
      assert.ok(bucket);
      assert.equal(isToBeNamed(bucket, inputs), expected);
    });
  }
});

describe("autoName", () => {
  const cases: [type: string, name: string, expected: string, inputs?: Properties][] = [
    ["aws:dynamodb/table:Table", "Items", "Items-1111111"],
    ["aws:s3/bucket:Bucket", "Media", "media-1111111"],
    ["aws:s3/bucketObject:BucketObject", "a/b.txt", "a/b.txt"],
    ["aws:sqs/queue:Queue", "jobs", "jobs-1111111"],
    ["aws:sqs/queue:Queue", "jobs", "jobs-1111111.fifo", { fifoQueue: true }],
    ["aws:sns/topic:Topic", "news", "news-1111111.fifo", { fifoTopic: true }],
    ["aws:kms/alias:Alias", "main", "alias/main-1111111"],
    ["aws:kms/alias:Alias", "alias/main", "alias/main-1111111"],
    ["aws:rds/instance:Instance", "db", "db1111111"],
    ["aws:rds/instance:Instance", "db", "db111", { engine: "sqlserver-ex" }],
    ["aws:glue/catalogTable:CatalogTable", "Rows", "rows_bbbbbbbb"],
    ["aws:athena/database:Database", "logs", "logs_1111111"],
    ["aws:iot/topicRule:TopicRule", "rule", "rule"],
  ];
  for (const [type, name, expected, inputs] of cases) {
    it(`makes ${expected} of ${type} ${name}`, () => {
      assert.equal(nameOf(type, name, inputs), expected);
    });
  }

  it("refuses a logical name that leaves no room for the random part", () => {
    assert.throws(() => nameOf("aws:iam/role:Role", "r".repeat(57)), {
      message:
        `could not make instance of 'aws:iam/role:Role': name '${"r".repeat(57)}-' ` +
        "plus 7 random chars is longer than maximum length 64",
    });
    assert.equal(nameOf("aws:iam/role:Role", "r".repeat(56)).length, 64);
  });

  it("takes a proposed name by the provider's own rules", () => {
    const propose = (name: string): ProposedName => ({ mode: "propose", name });
    assert.equal(nameOf("aws:s3/bucket:Bucket", "b", {}, propose("Mine-1")), "mine-1");
    assert.equal(nameOf("aws:kms/alias:Alias", "b", {}, propose("x")), "alias/x");
    assert.equal(nameOf("aws:glue/catalogTable:CatalogTable", "b", {}, propose("AB")), "ab");
    assert.throws(() => nameOf("aws:s3/bucket:Bucket", "b", {}, propose("x".repeat(64))), {
      message: `calculated name '${"x".repeat(64)}' exceeds maximum length of 63`,
    });
    assert.throws(() => nameOf("aws:lex/bot:Bot", "b", {}, propose("a1")), {
      message: /'a1' contains invalid character '1' not in charset 'abc/,
    });
  });

  it("takes an enforced name as it is", () => {
    const enforced: ProposedName = { mode: "enforce", name: "Mine" };
    assert.equal(nameOf("aws:s3/bucket:Bucket", "b", {}, enforced), "Mine");
  });

  it("asks for a name where the config allows no other", () => {
    assert.throws(() => nameOf("aws:s3/bucket:Bucket", "b", {}, { mode: "disable", name: "" }), {
      message: "automatic naming is disabled but no explicit name was provided",
    });
  });
});
