import type { S3 } from "../aws/s3/s3";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest } from "./resource";

interface NotificationInputs {
  bucket: string;
  eventbridge?: boolean;
  lambdaFunctions?: {
    id?: string;
    lambdaFunctionArn: string;
    events: string[];
    filterPrefix?: string;
    filterSuffix?: string;
  }[];
}

/** Destinations other than functions and the event bus. */
const inputsNotEmulated = ["queues", "topics"];

/** The notifications of a bucket, all of them. */
export function planBucketNotification(
  s3: S3,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, inputsNotEmulated);
  const {
    bucket,
    eventbridge = false,
    lambdaFunctions = [],
  } = request.inputs as unknown as NotificationInputs;
  const named = lambdaFunctions.map((each, index) => ({
    ...each,
    id: each.id ?? `tf-s3-lambda-${request.stableId(`function-${index}`, 26, "0123456789")}`,
  }));
  const notifications = named.map(
    ({ id, lambdaFunctionArn, events, filterPrefix = "", filterSuffix = "" }) => ({
      id,
      functionArn: lambdaFunctionArn,
      events,
      prefix: filterPrefix,
      suffix: filterSuffix,
    }),
  );
  return {
    id: bucket,
    outputs: {
      ...request.inputs,
      ...(lambdaFunctions.length > 0 && { lambdaFunctions: named }),
      region: account.region,
    },
    create: () => {
      s3.configureBucket(bucket, { notifications, eventBridge: eventbridge });
    },
    remove: () => {
      s3.configureBucket(bucket, { notifications: undefined, eventBridge: undefined });
    },
    restore: () => undefined,
  };
}
