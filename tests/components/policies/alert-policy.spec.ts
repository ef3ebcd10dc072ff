import assert from "node:assert/strict";
import { alertKeyPolicy, alertTopicPolicy } from "../../../components/policies/alert-policy";

const location = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };

describe("alertKeyPolicy", () => {
  it("lets the account administer the key and CloudWatch encrypt for this account", () => {
    assert.deepEqual(alertKeyPolicy(location), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministers",
          Effect: "Allow",
          Principal: { AWS: "arn:aws-cn:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "CloudWatchEncrypts",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });
});

describe("alertTopicPolicy", () => {
  it("lets alarms of this account and region publish, over TLS only", () => {
    assert.deepEqual(alertTopicPolicy("arn:topic", location), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: "arn:topic",
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:*" },
          },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: "arn:topic",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
