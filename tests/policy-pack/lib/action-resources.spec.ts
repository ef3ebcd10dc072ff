import assert from "node:assert/strict";
import { knowsNoResources } from "../../../policy-pack/lib/action-resources";

describe("knowsNoResources", () => {
  for (const action of [
    "iam:ListRoles",
    "IAM:listroles",
    "pricing:GetProducts",
    "pricing:Get*",
    "pricing:*",
    "ec2:DescribeInstances",
    "ecr:GetAuthorizationToken",
    "organizations:ListAccounts",
    "s3:ListAllMyBuckets",
    "sts:GetCallerIdentity",
    "xray:PutTraceSegments",
    "autoscaling:Describe*",
    "textract:DetectDocumentText",
    "route53:ListHostedZones",
  ]) {
    it(`holds for ${action}`, () => {
      assert.equal(knowsNoResources(action), true);
    });
  }

  for (const action of [
    "iam:List*",
    "iam:PassRole",
    "s3:ListBucket",
    "s3:*",
    "s3:Get*",
    "ec2:RunInstances",
    "kms:Decrypt",
    "*",
    "*:*",
    "",
    "nosuch:GetThing",
  ]) {
    it(`does not hold for ${JSON.stringify(action)}`, () => {
      assert.equal(knowsNoResources(action), false);
    });
  }
});
