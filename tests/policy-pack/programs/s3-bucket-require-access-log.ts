import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images");
const logs = resource("aws:s3/bucket:Bucket", "logs");
const missing = ['aws.s3.Bucket "images" has no access log'];
const itself = [
  'aws.s3.Bucket "images" has the log of its requests in itself, so that each delivery is logged by another',
];
const settings = { required: true };

function loggingTo(target: typeof bucket, type = "aws:s3/bucketLogging:BucketLogging") {
  return resource(type, "logging", {
    bucket: ref(bucket),
    targetBucket: ref(target),
    targetPrefix: "images/",
  });
}

export const programs: RuleProgram[] = [
  { title: "says nothing, and nobody asks", resources: [bucket] },
  { title: "says nothing", resources: [bucket], settings, violations: missing },
  { title: "logs to another bucket", resources: [bucket, logs, loggingTo(logs)], settings },
  {
    title: "logs to another bucket by the older name of the type",
    resources: [bucket, logs, loggingTo(logs, "aws:s3/bucketLoggingV2:BucketLoggingV2")],
    settings,
  },
  {
    title: "logs to another bucket by an inline block",
    resources: [
      logs,
      resource("aws:s3/bucket:Bucket", "images", {
        logging: { targetBucket: ref(logs), targetPrefix: "images/" },
      }),
    ],
    settings,
  },
  { title: "logs to itself", resources: [bucket, loggingTo(bucket)], violations: itself },
  {
    title: "logs to itself, and somebody asks",
    resources: [bucket, loggingTo(bucket)],
    settings,
    violations: itself,
  },
];
