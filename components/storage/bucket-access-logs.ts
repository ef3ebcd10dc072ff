import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogWrite } from "../policies/access-log-policy";
import { recordedArgs } from "../recorded-args";
import { createLogBucket, letDeliver, type LogBucketArgs } from "./log-bucket";

/** Arguments of `BucketAccessLogs`. */
export interface BucketAccessLogsArgs extends LogBucketArgs {
  /** Whose requests are logged. Keys are used in names, and begin the keys of log files. */
  buckets: Record<string, aws.s3.Bucket>;
}

/**
 * Access logs of buckets, in a bucket of their own: who asked for which object, when, and what came of it. S3
 * delivers them within hours and as well as it can, which need not be all of them. The bucket of logs has none of its
 * own, as each delivery would be logged by another.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 *
 *     new BucketAccessLogs(`${prefix}-access-logs`, { buckets: { images }, retentionDays: 90, protect: true });
 */
export class BucketAccessLogs extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: BucketAccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { retentionDays, protect } = args;
    super(
      "darkroom:storage:BucketAccessLogs",
      name,
      recordedArgs({ retentionDays, protect }),
      opts,
    );
    const logs = createLogBucket(name, args, "", this);
    this.bucket = logs.bucket;
    const policy = letDeliver(logs, Object.values(args.buckets), accessLogWrite, this);
    for (const [title, bucket] of Object.entries(args.buckets)) {
      new aws.s3.BucketLogging(
        `${name}-${title}`,
        {
          bucket: bucket.id,
          targetBucket: logs.bucket.id,
          targetPrefix: `${title}/`,
          // One folder a bucket and day, so that queries need not read all.
          targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        { parent: this, dependsOn: policy },
      );
    }
    this.registerOutputs({ bucket: this.bucket });
  }
}
