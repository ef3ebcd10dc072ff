import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { userDuties } from "../api/user-duties";
import { bundleHandlers } from "../bundle";
import type { UserSettings } from "../config/user-config";
import { mapped } from "../mapped";
import {
  describeImageStatements,
  finaliseUploadStatements,
  sweepImagesStatements,
} from "../policies/upload-statements";
import { recordedArgs } from "../recorded-args";
import type { BucketReference, StoredData } from "../references";
import { imagesPrefix, uploadsPrefix } from "../storage/images-bucket";
import { UploadScanner, type UploadScans } from "../storage/upload-scanner";
import { AsyncFunction } from "./async-function";
import { type Duty, duty, joinDuties, namedBucket, type Renditions } from "./duty";
import { FailureQueue } from "./failure-queue";
import { ingestOperations } from "./function-names";
import { type FunctionSettings, settingsOf } from "./function-settings";
import type { HandlerFunctionArgs } from "./handler-function";
import type { InvocationTarget } from "./invocation-target";
import { runByRule } from "./run-by-rule";

/** Arguments of `Ingest`. */
export interface IngestArgs extends FunctionSettings {
  storage: StoredData;
  /** Where renditions are, and are served. */
  renditions: Renditions;
  /** Most pixels that an image may have. */
  maxImagePixels: number;
  /** Whether GPS positions and names of places are removed from images before they are stored. */
  stripLocation: boolean;
  /** Whether uploads are scanned for malware before images are made of them. `@default` false */
  scansUploads?: boolean;
  /** Who the users are. `@default` they are not known */
  users?: UserSettings;
}

/**
 * What happens behind the API, each in `handlers/<operation>.ts`, and the seconds that it may take:
 * an upload with every call at its slowest; a look at the largest image; as many images as fit into five minutes, after which the
 * next sweep goes on.
 */
const needs = {
  "finalise-upload": { timeoutSeconds: 120 },
  "describe-image": { timeoutSeconds: 120, memoryMegabytes: 1024, nativeModules: ["sharp"] },
  "sweep-images": { timeoutSeconds: 300 },
} as const satisfies Record<IngestOperation, Partial<HandlerFunctionArgs>>;

type IngestOperation = (typeof ingestOperations)[number];

/**
 * What completes direct uploads when they arrive in the images bucket, describes images, and clears
 * away every hour what was begun and not finished. Events that this fails on are kept in a queue.
 */
export class Ingest extends pulumi.ComponentResource {
  readonly functions: Record<IngestOperation, aws.lambda.Function>;
  /** How these are invoked. */
  readonly targets: Record<IngestOperation, InvocationTarget>;
  readonly failures: aws.sqs.Queue;
  /** What GuardDuty counts scans of uploads by, where it scans them. */
  readonly scans: UploadScans | undefined;

  constructor(name: string, args: IngestArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:ingest:Ingest", name, recordedArgs(args), opts);
    const failures = new FailureQueue(`${name}-failures`, { parent: this });
    this.failures = failures.queue;
    const handlers = createHandlers(name, args, failures, this);
    this.functions = mapped(handlers, (one) => one.function);
    this.targets = mapped(handlers, ({ target }) => target);
    const { images } = args.storage;
    const scanner =
      args.scansUploads && new UploadScanner(`${name}-scan`, { images }, { parent: this });
    const notification = runOnArrivals(name, this.targets, images.bucket, args, this);
    this.scans = scanner ? scanner.run(this.targets["finalise-upload"], notification) : undefined;
    runEveryHour(name, this.targets["sweep-images"], this);
    this.registerOutputs({ functions: this.functions, failures: this.failures });
  }
}

function createHandlers(
  name: string,
  args: IngestArgs,
  failures: FailureQueue,
  parent: pulumi.Resource,
): Record<IngestOperation, AsyncFunction> {
  bundleHandlers();
  const duties = ingestDuties(args);
  const create = (operation: IngestOperation) =>
    new AsyncFunction(
      `${name}-${operation}`,
      {
        operation,
        failures,
        ...needs[operation],
        ...settingsOf(args, operation),
        ...duties[operation],
      },
      { parent },
    );
  return Object.fromEntries(
    ingestOperations.map((operation) => [operation, create(operation)]),
  ) as Record<IngestOperation, AsyncFunction>;
}

function ingestDuties({
  storage,
  renditions,
  maxImagePixels,
  stripLocation,
  scansUploads,
  users,
}: IngestArgs): Record<IngestOperation, Duty> {
  const { imagesTable, tagsTable, usersTable } = storage;
  const ofUsers = userDuties(usersTable, users);
  const images = { imagesBucket: namedBucket(storage.images.bucket), imagesTable, tagsTable };
  return {
    "finalise-upload": joinDuties(
      duty(images, finaliseUploadStatements, {
        MAX_IMAGE_PIXELS: String(maxImagePixels),
        STRIP_LOCATION: String(stripLocation),
        ...(scansUploads && { SCAN_UPLOADS: "true" }),
      }),
      ofUsers.publish,
    ),
    "describe-image": joinDuties(
      duty({ ...images, ...renditions }, describeImageStatements, {
        MAX_IMAGE_PIXELS: String(maxImagePixels),
      }),
      ofUsers.withdraw,
    ),
    "sweep-images": duty({ ...images, ...renditions }, sweepImagesStatements),
  };
}

/**
 * A bucket has one notification, in which prefixes tell the functions apart. Where uploads are scanned, it tells of them
 * on the event bus alone, where the scanner listens.
 */
function runOnArrivals(
  name: string,
  targets: Record<IngestOperation, InvocationTarget>,
  bucket: BucketReference,
  { scansUploads = false }: IngestArgs,
  parent: pulumi.Resource,
): aws.s3.BucketNotification {
  const all = Object.entries(arrivalPrefixes) as [keyof typeof arrivalPrefixes, string][];
  const arrivals = all.filter(([, prefix]) => !scansUploads || prefix !== uploadsPrefix);
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const permissions = arrivals.map(
    ([operation]) =>
      new aws.lambda.Permission(
        `${name}-${operation}-invoke`,
        {
          action: "lambda:InvokeFunction",
          function: targets[operation].functionName,
          ...targets[operation].qualified,
          principal: "s3.amazonaws.com",
          sourceArn: bucket.arn,
          // The ARN does not hold it, and a bucket of this name may one day be another account's.
          sourceAccount: accountId,
        },
        { parent },
      ),
  );
  return new aws.s3.BucketNotification(
    `${name}-uploads`,
    {
      bucket: bucket.id,
      lambdaFunctions: arrivals.map(([operation, filterPrefix]) => ({
        lambdaFunctionArn: targets[operation].arn,
        events: ["s3:ObjectCreated:*"],
        filterPrefix,
      })),
      ...(scansUploads && { eventbridge: true }),
    },
    // S3 refuses a notification by which it may not invoke the functions.
    { parent, dependsOn: permissions },
  );
}

/** Where objects arrive that a function is run for. */
const arrivalPrefixes = {
  "finalise-upload": uploadsPrefix,
  "describe-image": imagesPrefix,
} as const;

function runEveryHour(name: string, target: InvocationTarget, parent: pulumi.Resource) {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-sweep`,
    {
      description: "Clears away what was begun and not finished",
      scheduleExpression: "rate(1 hour)",
    },
    { parent },
  );
  const names = { permissionName: `${name}-sweep-images`, targetName: `${name}-sweep` };
  runByRule(rule, { target, ...names }, parent);
}
