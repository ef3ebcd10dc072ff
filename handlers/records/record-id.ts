import type { APIGatewayProxyEvent } from "aws-lambda";
import { ApiError, InvalidRequestError } from "../http/errors";
import { validate } from "../http/request";
import { RecordPath } from "../http/schemas";

/**
 * The id in the path of a route of one record: any that POST /process accepts. REST APIs hand path
 * parameters on as they are in the URL, percent-encoded, so that an id may have slashes.
 *
 * @throws InvalidRequestError for what can be no id.
 */
export function readRecordId(event: APIGatewayProxyEvent): string {
  return validate(RecordPath, { id: decode(event.pathParameters?.id ?? "") }).id;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new InvalidRequestError([{ field: "id", problem: "must be UTF-8, percent-encoded" }]);
  }
}

/** The answer to an id that no record has: 404 `RecordNotFound`. */
export function recordNotFound(): ApiError {
  return new ApiError(404, "RecordNotFound", "There is no record with this id.");
}
