import { AwsError } from "../aws-error";
import type { Refusals } from "../fault-point";

/**
 * Errors of SQS whose codes SDKs also know under the name that they had in the query protocol; the
 * answer carries both.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
export const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
  InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
  InvalidParameterValueException: "InvalidParameterValue",
  MissingRequiredParameterException: "MissingParameter",
  PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
  QueueDeletedRecently: "AWS.SimpleQueueService.QueueDeletedRecently",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
};

/** What errors say in the query protocol, where it differs. */
export const queryMessages: Readonly<Record<string, string>> = {
  QueueDoesNotExist: "The specified queue does not exist for this wsdl version.",
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
export const refusals: Refusals = {
  error: () => new AwsError("InternalFailure", "The request processing has failed.", 500),
  throttle: () =>
    new AwsError("RequestThrottled", "The request was denied due to request throttling."),
};

/** A parameter that SQS refuses; `message` is SQS's own sentence. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}

/** A value that SQS refuses, in the words in which it says why. */
export function invalidValue(parameter: string, value: unknown, reason: string): AwsError {
  return invalidParameter(
    `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}
