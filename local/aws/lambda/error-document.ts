import type { AwsError } from "../aws-error";

/** Errors whose text is `Message` in Lambda's model; that of all others is `message`. */
const capitalized: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "ResourceNotFoundException",
  "ServiceException",
]);

/**
 * An error as Lambda answers it: whose fault it is, what is wrong, and what else is told of it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#API_GetFunction_Errors
 */
export function errorDocument({ code, message, statusCode, details }: AwsError): object {
  return {
    Type: statusCode < 500 ? "User" : "Service",
    [capitalized.has(code) ? "Message" : "message"]: message,
    ...details,
  };
}
