import assert from "node:assert/strict";
import {
  scanPolicy,
  scanTrustPolicy,
  unscannedStatements,
} from "../../../components/policies/scan-policy";

const service = "malware-protection-plan.guardduty.amazonaws.com";
const prefix = "uploads/";

describe("scanTrustPolicy", () => {
  it("trusts the one service", () => {
    assert.deepEqual(scanTrustPolicy.Statement, [
      { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
    ]);
  });
});

describe("scanPolicy", () => {
  const bucketArn = "arn:aws:s3:::images";
  const rulesArn = "arn:aws:events:us-east-1:123456789012:rule";
  const granted = scanPolicy({ bucketArn, prefix, rulesArn }).Statement as {
    Sid: string;
    Action: string[];
    Resource: string[];
    Condition?: object;
  }[];

  it("grants what AWS documents, on uploads, on the bucket and on GuardDuty's own rule", () => {
    const ownRule = `${rulesArn}/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*`;
    const byAction = granted.flatMap(({ Action, Resource }) =>
      Action.map((action) => [action, Resource] as const),
    );
    assert.deepEqual(Object.fromEntries(byAction), {
      "events:PutRule": [ownRule],
      "events:DeleteRule": [ownRule],
      "events:PutTargets": [ownRule],
      "events:RemoveTargets": [ownRule],
      "events:DescribeRule": [ownRule],
      "events:ListTargetsByRule": [ownRule],
      "s3:PutBucketNotification": [bucketArn],
      "s3:GetBucketNotification": [bucketArn],
      "s3:GetObject": [`${bucketArn}/uploads/*`],
      "s3:GetObjectVersion": [`${bucketArn}/uploads/*`],
      "s3:PutObjectTagging": [`${bucketArn}/uploads/*`],
      "s3:GetObjectTagging": [`${bucketArn}/uploads/*`],
      "s3:PutObjectVersionTagging": [`${bucketArn}/uploads/*`],
      "s3:GetObjectVersionTagging": [`${bucketArn}/uploads/*`],
      "s3:PutObject": [`${bucketArn}/malware-protection-resource-validation-object`],
      "s3:ListBucket": [bucketArn],
    });
  });

  it("lets rules be changed only where GuardDuty manages them", () => {
    assert.deepEqual(
      granted.filter(({ Condition }) => Condition).map(({ Sid, Condition }) => [Sid, Condition]),
      [["KeepOwnRule", { StringLike: { "events:ManagedBy": [service] } }]],
    );
  });
});

describe("unscannedStatements", () => {
  const scanner = "arn:aws:iam::123456789012:role/scan";
  const statements = unscannedStatements("arn:aws:s3:::images", prefix, scanner);

  it("keep all but the scanner from reading what is not known to be clean", () => {
    assert.deepEqual(statements[0], {
      Sid: "ReadCleanUploadsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: ["arn:aws:s3:::images/uploads/*"],
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": scanner },
        StringNotEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" },
      },
    });
  });

  it("keep all but the scanner from tagging uploads", () => {
    assert.deepEqual(statements[1], {
      Sid: "TagUploadsByScansOnly",
      Effect: "Deny",
      Principal: "*",
      Action: [
        "s3:PutObjectTagging",
        "s3:PutObjectVersionTagging",
        "s3:DeleteObjectTagging",
        "s3:DeleteObjectVersionTagging",
      ],
      Resource: ["arn:aws:s3:::images/uploads/*"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": scanner } },
    });
  });
});
