import { AwsError } from "../aws-error";
import type { Refusals } from "../fault-point";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export const refusals: Refusals = {
  error: () => new AwsError("InternalServerError", "Internal server error", 500),
  throttle: () =>
    new AwsError(
      "ProvisionedThroughputExceededException",
      "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    ),
};
