import type * as aws from "@pulumi/aws";
import { allow, objectsUnder } from "./grants";

/** The service that scans by a role, other than that of EC2's volumes. */
const scanner = "malware-protection-plan.guardduty.amazonaws.com";

/** What a scan leaves on an object: its result. */
const scanTag = "GuardDutyMalwareScanStatus";

/** Where GuardDuty tries out whether it may write. */
const validationObject = "malware-protection-resource-validation-object";

/**
 * Lets GuardDuty take on the role. AWS documents no condition on whom it acts for; only who may pass the role can make
 * a plan with it.
 */
export const scanTrustPolicy: aws.iam.PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: scanner }, Action: "sts:AssumeRole" }],
};

/** What is scanned, and where GuardDuty keeps its rule. */
export interface ScanScope {
  bucketArn: string;
  /** Of the objects that are scanned. */
  prefix: string;
  /** What the ARNs of the region's rules of EventBridge begin with, without the slash. */
  rulesArn: string;
}

/**
 * What GuardDuty asks for to scan and tag objects, and to be told of them by a rule of its own, as AWS documents it, but
 * on the objects under the prefix alone.
 * https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html
 */
export function scanPolicy({ bucketArn, prefix, rulesArn }: ScanScope): aws.iam.PolicyDocument {
  const ownRules = [`${rulesArn}/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*`];
  const scanned = objectsUnder(bucketArn, prefix);
  return {
    Version: "2012-10-17",
    Statement: [
      allow(
        "KeepOwnRule",
        ["events:PutRule", "events:DeleteRule", "events:PutTargets", "events:RemoveTargets"],
        ownRules,
        { StringLike: { "events:ManagedBy": [scanner] } },
      ),
      allow("WatchOwnRule", ["events:DescribeRule", "events:ListTargetsByRule"], ownRules),
      allow(
        "HaveEventsSent",
        ["s3:PutBucketNotification", "s3:GetBucketNotification"],
        [bucketArn],
      ),
      allow("ReadUploads", ["s3:GetObject", "s3:GetObjectVersion"], scanned),
      allow(
        "TagUploads",
        [
          "s3:PutObjectTagging",
          "s3:GetObjectTagging",
          "s3:PutObjectVersionTagging",
          "s3:GetObjectVersionTagging",
        ],
        scanned,
      ),
      allow("ValidateAccess", ["s3:PutObject"], [`${bucketArn}/${validationObject}`]),
      allow("ValidateOwner", ["s3:ListBucket"], [bucketArn]),
    ],
  };
}

/**
 * Keeps everybody but the scanner from reading what no scan has found to be clean, and from tagging it.
 * https://docs.aws.amazon.com/guardduty/latest/ug/tag-based-access-s3-malware-protection.html
 *
 * @param scannerArn ARN of the scanner's role.
 */
export function unscannedStatements(
  bucketArn: string,
  prefix: string,
  scannerArn: string,
): aws.iam.PolicyStatement[] {
  const others = { ArnNotEquals: { "aws:PrincipalArn": scannerArn } };
  return [
    {
      Sid: "ReadCleanUploadsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: objectsUnder(bucketArn, prefix),
      Condition: {
        ...others,
        StringNotEquals: { [`s3:ExistingObjectTag/${scanTag}`]: "NO_THREATS_FOUND" },
      },
    },
    {
      Sid: "TagUploadsByScansOnly",
      Effect: "Deny",
      Principal: "*",
      Action: [
        "s3:PutObjectTagging",
        "s3:PutObjectVersionTagging",
        "s3:DeleteObjectTagging",
        "s3:DeleteObjectVersionTagging",
      ],
      Resource: objectsUnder(bucketArn, prefix),
      Condition: others,
    },
  ];
}
