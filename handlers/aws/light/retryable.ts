import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";
import type { RetryErrorType } from "@smithy/types";
import type { ResponseMetadata } from "./exceptions";

/** What a call failed with, by the service or on the way. */
export type FailedCall = Error & { $metadata?: ResponseMetadata };

/** By how many milliseconds clocks may differ before services refuse signatures. */
const maxSkewMs = 5 * 60 * 1000;

/** Why a call failed, as far as repeating it goes. */
export function errorTypeOf(failure: FailedCall): RetryErrorType {
  const error = failure as Parameters<typeof isThrottlingError>[0];
  if (isThrottlingError(error)) {
    return "THROTTLING";
  }
  if (isTransientError(error)) {
    return "TRANSIENT";
  }
  return isServerError(error) ? "SERVER_ERROR" : "CLIENT_ERROR";
}

/**
 * Whether the clocks differ so much that a call may have failed for that.
 *
 * @param skewMs by how much the service's is ahead; NaN if that is not known.
 */
export function isSkewed(skewMs: number): boolean {
  return Math.abs(skewMs) > maxSkewMs;
}
