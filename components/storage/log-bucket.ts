import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LogGrant } from "../policies/log-grant";
import { SecureBucket } from "./secure-bucket";

/** How long a bucket of logs keeps them. */
export interface LogBucketArgs {
  /** Days after which a log file is removed. */
  retentionDays: number;
  /** Whether the bucket of logs refuses to be deleted by a deployment; otherwise it is emptied first. */
  protect: boolean;
}

/**
 * Creates a bucket for access logs, without a policy yet: see `letDeliver`.
 *
 * @param prefix what keys of log files begin with; empty for any.
 */
export function createLogBucket(
  name: string,
  { retentionDays, protect }: LogBucketArgs,
  prefix: string,
  parent: pulumi.Resource,
): SecureBucket {
  return new SecureBucket(
    name,
    {
      protect,
      forceDestroy: !protect,
      lifecycleRules: [
        {
          id: "expire-logs",
          status: "Enabled",
          filter: { prefix },
          expiration: { days: retentionDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
        },
      ],
    },
    { parent },
  );
}

/**
 * Attaches the policy of a bucket of logs.
 *
 * @param sources whose logs are delivered to it.
 * @param grant the statement that lets them be.
 */
export function letDeliver(
  logs: SecureBucket,
  sources: readonly { arn: pulumi.Output<string> }[],
  grant: (delivery: LogGrant) => aws.iam.PolicyStatement,
  parent: pulumi.Resource,
): aws.s3.BucketPolicy {
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const sourceArns = pulumi.all(sources.map(({ arn }) => arn));
  return logs.attachPolicy(
    pulumi
      .all([logs.bucket.arn, accountId, sourceArns])
      .apply(([bucketArn, account, arns]) => [
        grant({ bucketArn, accountId: account, sourceArns: arns }),
      ]),
  );
}
