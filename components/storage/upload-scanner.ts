import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { InvocationTarget } from "../functions/invocation-target";
import { runByRule } from "../functions/run-by-rule";
import { createServiceRole } from "../functions/service-role";
import { locationOf } from "../location";
import { scanPolicy, scanTrustPolicy, unscannedStatements } from "../policies/scan-policy";
import type { BucketReference, ServedBucket } from "../references";
import { uploadsPrefix } from "./images-bucket";

/** Arguments of `UploadScanner`. */
export interface UploadScannerArgs {
  /** Where uploads arrive; it has no policy yet. */
  images: ServedBucket;
}

/** What GuardDuty counts scans of uploads by. */
export interface UploadScans {
  planId: pulumi.Output<string>;
  bucketName: pulumi.Output<string>;
}

/**
 * Amazon GuardDuty's Malware Protection for what clients upload. It needs no detector, scans each version that arrives
 * among the uploads, tags it with what it has found, and says so on the account's default event bus. Until a version is
 * tagged as clean, the bucket lets nobody read it but GuardDuty, whatever else they may.
 * https://docs.aws.amazon.com/guardduty/latest/ug/gdu-malware-protection-s3.html
 */
export class UploadScanner extends pulumi.ComponentResource {
  private readonly name: string;
  private readonly images: ServedBucket;
  private readonly role: aws.iam.Role;
  private readonly attachment: aws.iam.RolePolicyAttachment;

  constructor(name: string, args: UploadScannerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:ingest:UploadScanner", name, {}, opts);
    this.name = name;
    this.images = args.images;
    ({ role: this.role, attachment: this.attachment } = createRole(name, args.images.bucket, this));
    args.images.attachPolicy(
      pulumi
        .all([args.images.bucket.arn, this.role.arn])
        .apply(([bucketArn, roleArn]) => unscannedStatements(bucketArn, uploadsPrefix, roleArn)),
    );
    this.registerOutputs({});
  }

  /**
   * Lets GuardDuty begin, and a function be run for each result.
   *
   * @param notification of the bucket: GuardDuty has it tell EventBridge of objects, too, and either of both would
   * undo what the other does at the same time.
   * @returns what GuardDuty counts scans by.
   */
  run(target: InvocationTarget, notification: aws.s3.BucketNotification): UploadScans {
    runOnResults(this.name, this.images.bucket, target, this);
    const plan = new aws.guardduty.MalwareProtectionPlan(
      this.name,
      {
        role: this.role.arn,
        protectedResource: {
          s3Bucket: { bucketName: this.images.bucket.id, objectPrefixes: [uploadsPrefix] },
        },
        actions: [{ taggings: [{ status: "ENABLED" }] }],
      },
      { parent: this, dependsOn: [this.attachment, notification] },
    );
    return { planId: plan.id, bucketName: this.images.bucket.bucket };
  }
}

function createRole(name: string, bucket: BucketReference, parent: pulumi.Resource) {
  const document = pulumi
    .all([bucket.arn, locationOf(parent)])
    .apply(([bucketArn, { partition, region, accountId }]) =>
      scanPolicy({
        bucketArn,
        prefix: uploadsPrefix,
        rulesArn: `arn:${partition}:events:${region}:${accountId}:rule`,
      }),
    );
  return createServiceRole(name, { trust: scanTrustPolicy, document }, parent);
}

function runOnResults(
  name: string,
  bucket: BucketReference,
  target: InvocationTarget,
  parent: pulumi.Resource,
) {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-results`,
    {
      description: "Results of scans of uploads for malware",
      eventPattern: pulumi.jsonStringify({
        source: ["aws.guardduty"],
        "detail-type": ["GuardDuty Malware Protection Object Scan Result"],
        detail: {
          s3ObjectDetails: { bucketName: [bucket.bucket], objectKey: [{ prefix: uploadsPrefix }] },
        },
      }),
    },
    { parent },
  );
  const results = `${name}-results`;
  runByRule(rule, { target, permissionName: results, targetName: results }, parent);
}
