import type { S3 } from "../aws/s3/s3";
import type { Account } from "../aws/types";
import type { ResourceRequest, ResourceState } from "./resource";

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
  queues?: unknown[];
  topics?: unknown[];
}

/** Replaces the notifications of a bucket. Functions are the only destinations that are emulated. */
export function createBucketNotification(
  s3: S3,
  account: Account,
  request: ResourceRequest,
): ResourceState {
  const { bucket, ...inputs } = request.inputs as unknown as NotificationInputs;
  const { lambdaFunctions = [], eventbridge, queues = [], topics = [] } = inputs;
  const others = {
    eventbridge: eventbridge === true,
    queues: queues.length,
    topics: topics.length,
  };
  for (const [input, given] of Object.entries(others)) {
    if (given) {
      throw new Error(`${request.name}: the local cloud does not emulate ${input}`);
    }
  }
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
