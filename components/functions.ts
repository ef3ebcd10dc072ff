import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { timelineIndex, userIndex } from "../handlers/shared/images-table";
import { bundleHandlers } from "./bundle";
import { HandlerFunction, type HandlerFunctionArgs } from "./handler-function";
import { mapOperations, type Operation, operations } from "./openapi/routes";
import {
  getImageStatements,
  listImagesStatements,
  processDataStatements,
  uploadImageStatements,
} from "./policies/function-policy";
import type { Storage } from "./storage";

/** Arguments of `createFunctions`. */
export interface FunctionsArgs {
  storage: Storage;
  /** Where results are served, without a slash at the end. */
  cdnUrl: pulumi.Input<string>;
  /** Largest image that is accepted, in bytes. */
  maxUploadBytes: number;
  /** Days for which logs of the functions are kept. */
  logRetentionDays: number;
}

type Duty = Pick<HandlerFunctionArgs, "environment" | "statements">;

/** Creates the function of every operation, named `<name>-<operation>`. */
export function createFunctions(
  name: string,
  args: FunctionsArgs,
  parent: pulumi.Resource,
): Record<Operation, aws.lambda.Function> {
  bundleHandlers(operations);
  const duties = { ...imageDuties(name, args, parent), "process-data": processDuty(args) };
  return mapOperations(
    (operation) =>
      new HandlerFunction(
        `${name}-${operation}`,
        { operation, logRetentionDays: args.logRetentionDays, ...duties[operation] },
        { parent },
      ).function,
  );
}

function imageDuties(
  name: string,
  { storage, maxUploadBytes }: FunctionsArgs,
  parent: pulumi.Resource,
): Record<Exclude<Operation, "process-data">, Duty> {
  const { bucket } = storage.images;
  const table = storage.imagesTable;
  const cursorKey = createCursorKey(name, parent);
  const environment = { IMAGES_BUCKET: bucket.bucket, IMAGES_TABLE: table.name };
  const arns = pulumi.all([bucket.arn, table.arn]);
  return {
    "upload-image": {
      environment: { ...environment, MAX_UPLOAD_BYTES: String(maxUploadBytes) },
      statements: arns.apply(([bucketArn, tableArn]) => uploadImageStatements(bucketArn, tableArn)),
    },
    "list-images": {
      environment: { ...environment, CURSOR_KEY_ID: cursorKey.keyId },
      statements: pulumi
        .all([bucket.arn, table.arn, cursorKey.arn])
        .apply(([imagesBucketArn, tableArn, cursorKeyArn]) =>
          listImagesStatements({
            imagesBucketArn,
            indexArns: [userIndex, timelineIndex].map((index) => `${tableArn}/index/${index}`),
            cursorKeyArn,
          }),
        ),
    },
    "get-image": {
      environment,
      statements: arns.apply(([bucketArn, tableArn]) => getImageStatements(bucketArn, tableArn)),
    },
  };
}

function processDuty({ storage, cdnUrl }: FunctionsArgs): Duty {
  const { bucket } = storage.results;
  const table = storage.recordsTable;
  return {
    environment: {
      RECORDS_TABLE: table.name,
      RESULTS_BUCKET: bucket.bucket,
      CDN_URL: cdnUrl,
    },
    statements: pulumi
      .all([table.arn, bucket.arn])
      .apply(([tableArn, bucketArn]) => processDataStatements(tableArn, bucketArn)),
  };
}

/**
 * The key that signs cursors, so that a client cannot make up its own; its policy is the default,
 * by which the roles' policies decide. KMS cannot rotate HMAC keys.
 */
function createCursorKey(name: string, parent: pulumi.Resource) {
  const key = new aws.kms.Key(
    `${name}-cursor-key`,
    {
      description: "Signs cursors of image lists",
      keyUsage: "GENERATE_VERIFY_MAC",
      customerMasterKeySpec: "HMAC_256",
    },
    { parent },
  );
  new aws.kms.Alias(`alias/${name}-cursor-key`, { targetKeyId: key.keyId }, { parent });
  return key;
}
