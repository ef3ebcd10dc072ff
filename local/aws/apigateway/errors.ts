import { AwsError } from "../aws-error";

/** The request to the control plane is not valid. */
export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}

/** What the request names does not exist. */
export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}

/** What the request would create exists already. */
export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}
