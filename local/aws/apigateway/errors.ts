import { AwsError } from "../aws-error";
import type { Account } from "../types";

/** The request to the control plane is not valid. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}

/** What the request names does not exist. */
export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}

/** An API of the account that there is not. */
export function noSuchApi({ accountId }: Account, id: string): AwsError {
  return notFound(`Invalid API identifier specified ${accountId}:${id}`);
}

/** What the request would create exists already. */
export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}

/** A member of the request is not as the API's model has it, such as `regular expression pattern: …`. */
export function invalidMember(member: string, value: string, constraint: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy ${constraint}`,
    400,
  );
}
