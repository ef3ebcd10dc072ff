import assert from "node:assert/strict";
import { policies } from "../../policy-pack/policies";
import { apiStacks } from "./fixtures/foreign/apis";
import { bucketStacks } from "./fixtures/foreign/buckets";
import { dataStacks } from "./fixtures/foreign/data";
import { databaseStacks } from "./fixtures/foreign/databases";
import { distributionStacks } from "./fixtures/foreign/distributions";
import { functionStacks } from "./fixtures/foreign/functions";
import { identityStacks } from "./fixtures/foreign/identities";
import { platformStacks } from "./fixtures/foreign/platforms";
import { reportsOf } from "./support/harness";

const stacks = [
  ...apiStacks,
  ...bucketStacks,
  ...dataStacks,
  ...databaseStacks,
  ...distributionStacks,
  ...functionStacks,
  ...identityStacks,
  ...platformStacks,
];

describe("well-built programs of others", () => {
  for (const { title, resources } of stacks) {
    it(`gives no policy anything to report: ${title}`, async () => {
      assert.deepEqual(await reportsOf(policies, resources), []);
    });
  }

  for (const type of [
    "aws:apigateway/restApi:RestApi",
    "aws:apigateway/stage:Stage",
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:dynamodb/table:Table",
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:kms/key:Key",
    "aws:lambda/function:Function",
    "aws:lambda/permission:Permission",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
  ]) {
    it(`has ten or more of ${type}`, () => {
      const found = stacks.flatMap(({ resources }) => resources.filter((one) => one.type === type));
      assert.ok(found.length >= 10, String(found.length));
    });
  }
});
