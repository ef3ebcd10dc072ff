import { AwsError } from "../aws-error";

/** How Lambda says of most things that there are none. */
export function noResource(): AwsError {
  return notFound("The resource you requested does not exist.");
}

/** As {@link noResource}, in the words of one operation. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, 404);
}
