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
