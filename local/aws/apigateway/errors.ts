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

/** AWS does it, the local gateway does not: better refused than silently served in another way. */
export function notImplemented(what: string): AwsError {
  return new AwsError("NotImplemented", `The local API Gateway does not emulate ${what}`, 501);
}
