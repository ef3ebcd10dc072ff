import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logDeliveryWrite } from "../policies/log-delivery-policy";
import { recordedArgs } from "../recorded-args";
import { cloudFrontRegion } from "../regions";
import { createLogBucket, letDeliver, type LogBucketArgs } from "../storage/log-bucket";

/**
 * What is logged of a request: all that says how CloudFront took it, and who asked for which path. Not the query,
 * which has the signature of a URL, nor cookies, nor the page that an image is shown on, whose own query may hold
 * what nobody is to see.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export const recordFields: readonly string[] = [
  "date",
  "time",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "x-host-header",
  "cs-uri-stem",
  "sc-status",
  "cs(User-Agent)",
  "x-edge-result-type",
  "x-edge-request-id",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "ssl-protocol",
  "ssl-cipher",
  "x-edge-response-result-type",
  "cs-protocol-version",
  "time-to-first-byte",
  "x-edge-detailed-result-type",
  "sc-content-type",
  "sc-content-len",
  "sc-range-start",
  "sc-range-end",
];

/** Keys of log files begin with it, after `AWSLogs/<account>/CloudFront/`: one folder a distribution and day. */
const suffixPath = "{DistributionId}/{yyyy}/{MM}/{dd}";

/** Arguments of `CdnAccessLogs`. */
export interface CdnAccessLogsArgs extends LogBucketArgs {
  /** Whose requests are logged. Keys are used in names. */
  distributions: Record<string, aws.cloudfront.Distribution>;
}

/**
 * Access logs of distributions in a bucket of their own, as JSON, some minutes after the requests. CloudFront
 * delivers them as well as it can, which need not be all of them.
 */
export class CdnAccessLogs extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, args: CdnAccessLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:CdnAccessLogs", name, recordedArgs(args), opts);
    const logs = createLogBucket(name, args, "AWSLogs/", this);
    this.bucket = logs.bucket;
    const sources = createSources(name, args, this);
    const policy = letDeliver(logs, Object.values(sources), logDeliveryWrite, this);
    const destination = new aws.cloudwatch.LogDeliveryDestination(
      name,
      {
        region: cloudFrontRegion,
        outputFormat: "json",
        deliveryDestinationConfiguration: { destinationResourceArn: this.bucket.arn },
      },
      { parent: this },
    );
    // One after another: of two at once for one destination, AWS refuses one with a ConflictException. And after
    // the policy, which AWS would otherwise add to by itself.
    let before: pulumi.Resource = policy;
    for (const [title, source] of Object.entries(sources)) {
      before = new aws.cloudwatch.LogDelivery(
        `${name}-${title}`,
        {
          region: cloudFrontRegion,
          deliverySourceName: source.name,
          deliveryDestinationArn: destination.arn,
          recordFields: [...recordFields],
          s3DeliveryConfigurations: [{ suffixPath, enableHiveCompatiblePath: false }],
        },
        { parent: this, dependsOn: before },
      );
    }
    this.registerOutputs({ bucket: this.bucket });
  }
}

function createSources(
  name: string,
  { distributions }: CdnAccessLogsArgs,
  parent: pulumi.Resource,
): Record<string, aws.cloudwatch.LogDeliverySource> {
  const entries = Object.entries(distributions).map(([title, distribution]) => {
    const source = new aws.cloudwatch.LogDeliverySource(
      `${name}-${title}`,
      { region: cloudFrontRegion, logType: "ACCESS_LOGS", resourceArn: distribution.arn },
      { parent },
    );
    return [title, source] as const;
  });
  return Object.fromEntries(entries);
}
