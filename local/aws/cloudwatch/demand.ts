import { AwsError } from "../aws-error";

/** @throws AwsError `ValidationError` with the message, unless what is demanded is so. */
export function demand(valid: unknown, message: string): asserts valid {
  if (!valid) {
    throw new AwsError("ValidationError", message);
  }
}
