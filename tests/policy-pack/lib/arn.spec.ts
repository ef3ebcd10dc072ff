import assert from "node:assert/strict";
import { isServiceOf, namesInArn, shortened } from "../../../policy-pack/lib/arn";

describe("ARNs", () => {
  for (const [arn, service, name] of [
    ["arn:aws:s3:::images", "s3", "images"],
    ["arn:aws:s3:::images/*", "s3", "images"],
    ["arn:aws:s3:::images/private/*", "s3", "images"],
    ["arn:aws:lambda:us-east-1:123456789012:function:worker", "lambda", "worker"],
    ["arn:aws:lambda:us-east-1:123456789012:function:worker:live", "lambda", "worker"],
    ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/w:*", "logs", "/aws/lambda/w"],
    ["arn:aws:dynamodb:us-east-1:123456789012:table/orders/index/*", "dynamodb", "orders"],
    ["arn:aws:kms:us-east-1:123456789012:alias/orders", "kms", "alias/orders"],
    ["arn:aws-cn:sqs:cn-north-1:123456789012:jobs", "sqs", "jobs"],
  ] as const) {
    it(`name what they are about: ${arn}`, () => {
      const found = namesInArn(arn);
      assert.equal(found?.service, service);
      assert.ok(found.names.includes(name), found.names.join());
    });
  }

  it("are no other texts", () => {
    for (const text of ["images", "arn:aws:s3", "https://example.com/a:b:c:d:e:f"]) {
      assert.equal(namesInArn(text), undefined, text);
    }
  });

  it("are shortened at their end, the longest first", () => {
    assert.deepEqual(shortened("a:b/*"), ["a:b/*", "a:b", "a"]);
    assert.deepEqual(shortened("/a"), ["/a"]);
  });

  it("name services that are not always called as the modules of types", () => {
    assert.ok(isServiceOf("logs", "aws:cloudwatch/logGroup:LogGroup"));
    assert.ok(isServiceOf("s3", "aws:s3/bucket:Bucket"));
    assert.ok(!isServiceOf("s3", "aws:sqs/queue:Queue"));
    assert.ok(!isServiceOf("sqs", "random:index/randomId:RandomId"));
  });
});
