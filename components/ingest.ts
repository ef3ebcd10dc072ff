import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AsyncFunction } from "./async-function";
import { bundleHandlers } from "./bundle";
import { type Duty, duty, namedBucket, type Renditions } from "./duty";
import { FailureQueue } from "./failure-queue";
import { uploadsPrefix } from "./images-bucket";
import { finaliseUploadStatements, sweepImagesStatements } from "./policies/upload-statements";
import { recordedArgs } from "./recorded-args";
import type { Storage } from "./storage";

/** Arguments of `Ingest`. */
export interface IngestArgs {
  storage: Storage;
  /** Where renditions are, and are served. */
  renditions: Renditions;
  /** Most pixels that an image may have. */
  maxImagePixels: number;
  /** Days for which logs of the functions are kept. */
  logRetentionDays: number;
}

/**
 * What happens behind the API, each in `handlers/<operation>.ts`, and the seconds that it may take:
 * an upload with every call at its slowest; as many images as fit into five minutes, after which the
 * next sweep goes on.
 */
const timeoutSeconds = { "finalise-upload": 120, "sweep-images": 300 } as const;

type IngestOperation = keyof typeof timeoutSeconds;

/**
 * What completes direct uploads when they arrive in the images bucket, and clears away every hour
 * what was begun and not finished. Events that this fails on are kept in a queue.
 */
export class Ingest extends pulumi.ComponentResource {
  readonly functions: Record<IngestOperation, aws.lambda.Function>;
  readonly failures: aws.sqs.Queue;

  constructor(name: string, args: IngestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:ingest:Ingest", name, recordedArgs(args), opts);
    const failures = new FailureQueue(`${name}-failures`, { parent: this });
    this.failures = failures.queue;
    this.functions = createFunctions(name, args, failures, this);
    runOnUpload(name, this.functions["finalise-upload"], args.storage.images.bucket, this);
    runEveryHour(name, this.functions["sweep-images"], this);
    this.registerOutputs({ functions: this.functions, failures: this.failures });
  }
}

function createFunctions(
  name: string,
  args: IngestArgs,
  failures: FailureQueue,
  parent: pulumi.Resource,
): Record<IngestOperation, aws.lambda.Function> {
  bundleHandlers();
  const duties = ingestDuties(args);
  const create = (operation: IngestOperation) =>
    new AsyncFunction(
      `${name}-${operation}`,
      {
        operation,
        failures,
        timeoutSeconds: timeoutSeconds[operation],
        logRetentionDays: args.logRetentionDays,
        ...duties[operation],
      },
      { parent },
    ).function;
  return {
    "finalise-upload": create("finalise-upload"),
    "sweep-images": create("sweep-images"),
  };
}

function ingestDuties({
  storage,
  renditions,
  maxImagePixels,
}: IngestArgs): Record<IngestOperation, Duty> {
  const { imagesTable, tagsTable } = storage;
  const images = { imagesBucket: namedBucket(storage.images.bucket), imagesTable, tagsTable };
  return {
    "finalise-upload": duty(images, finaliseUploadStatements, {
      MAX_IMAGE_PIXELS: String(maxImagePixels),
    }),
    "sweep-images": duty({ ...images, ...renditions }, sweepImagesStatements),
  };
}

function runOnUpload(
  name: string,
  handler: aws.lambda.Function,
  bucket: aws.s3.Bucket,
  parent: pulumi.Resource,
) {
  const permission = new aws.lambda.Permission(
    `${name}-finalise-upload-invoke`,
    {
      action: "lambda:InvokeFunction",
      function: handler.name,
      principal: "s3.amazonaws.com",
      sourceArn: bucket.arn,
      // The ARN does not hold it, and a bucket of this name may one day be another account's.
      sourceAccount: aws.getCallerIdentityOutput({}, { parent }).accountId,
    },
    { parent },
  );
  new aws.s3.BucketNotification(
    `${name}-uploads`,
    {
      bucket: bucket.id,
      lambdaFunctions: [
        {
          lambdaFunctionArn: handler.arn,
          events: ["s3:ObjectCreated:*"],
          filterPrefix: uploadsPrefix,
        },
      ],
    },
    // S3 refuses a notification by which it may not invoke the function.
    { parent, dependsOn: permission },
  );
}

function runEveryHour(name: string, handler: aws.lambda.Function, parent: pulumi.Resource) {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-sweep`,
    {
      description: "Clears away what was begun and not finished",
      scheduleExpression: "rate(1 hour)",
    },
    { parent },
  );
  new aws.lambda.Permission(
    `${name}-sweep-images-invoke`,
    {
      action: "lambda:InvokeFunction",
      function: handler.name,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    { parent },
  );
  new aws.cloudwatch.EventTarget(
    `${name}-sweep`,
    { rule: rule.name, arn: handler.arn },
    { parent },
  );
}
