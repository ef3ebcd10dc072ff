import type { S3 } from "../aws/s3/s3";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { ResourceRequest, ResourceState } from "./resource";

interface NotificationInputs {
  bucket: string;
  lambdaFunctions?: {
    id?: string;
    lambdaFunctionArn: string;
    events: string[];
    filterPrefix?: string;
    filterSuffix?: string;
  }[];
}

/** Destinations other than functions. */
const inputsNotEmulated = ["eventbridge", "queues", "topics"];

/** Replaces the notifications of a bucket. */
export function createBucketNotification(
  s3: S3,
  account: Account,
  request: ResourceRequest,
): ResourceState {
  refuseInputs(request, inputsNotEmulated);
  const { bucket, lambdaFunctions = [] } = request.inputs as unknown as NotificationInputs;
  const named = lambdaFunctions.map((each, index) => ({
    ...each,
    id: each.id ?? `tf-s3-lambda-${request.stableId(`function-${index}`, 26, "0123456789")}`,
  }));
  s3.configureBucket(bucket, {
    notifications: named.map(
      ({ id, lambdaFunctionArn, events, filterPrefix = "", filterSuffix = "" }) => ({
        id,
        functionArn: lambdaFunctionArn,
        events,
        prefix: filterPrefix,
        suffix: filterSuffix,
      }),
    ),
  });
  return {
    id: bucket,
    outputs: {
      ...request.inputs,
      ...(lambdaFunctions.length > 0 && { lambdaFunctions: named }),
      region: account.region,
    },
  };
}
