import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { bucketTypes } from "../lib/types";

const loggingTypes = [
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketLoggingV2:BucketLoggingV2",
];

/** Logs cost storage, and a trail of CloudTrail tells as much of objects: whether there are any is a team's choice. */
export const s3BucketRequireAccessLog = stackRule({
  name: "s3-bucket-require-access-log",
  description:
    "Access logs of S3 buckets go to another bucket; where a team asks for it, each bucket has one.",
  severity: "medium",
  topic: "logs",
  references: [fsbp("S3.9")],
  remediationSteps:
    "Add an aws.s3.BucketLogging for the bucket with a targetBucket that is another one.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  settings: {
    required: {
      type: "boolean",
      default: false,
      description: "Whether buckets need access logs, but for those that logs go to.",
    },
  },
  types: bucketTypes,
  check(bucket, report, { required }, stack) {
    const loggings = stack.referring(bucket, "bucket", loggingTypes);
    if (loggings.some((logging) => stack.refers(logging, "targetBucket", bucket))) {
      report("has the log of its requests in itself, so that each delivery is logged by another");
      return;
    }
    const isLogged =
      loggings.length > 0 || ["logging", "loggings"].some((name) => bucket.blocks(name).length > 0);
    if (required && !isLogged && !hasLogs(bucket, stack)) {
      report("has no access log");
    }
  },
});

/** Whether logs of any bucket go to this one. */
function hasLogs(bucket: CheckedResource, stack: CheckedStack): boolean {
  return (
    stack.referring(bucket, "targetBucket", loggingTypes).length > 0 ||
    ["logging", "loggings"].some((name) => stack.referring(bucket, name, bucketTypes).length > 0)
  );
}
