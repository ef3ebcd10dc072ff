import type { APIGatewayProxyEvent } from "aws-lambda";
import type * as z from "zod/mini";
import { InvalidRequestError, TooLargeError } from "../http/errors";
import { isNestedDeeperThan, parseExactly } from "../http/json";
import { readBytes, readJson, readQuery, validate } from "../http/request";
import { maxDocumentBytes, NoQuery } from "../http/schemas";

/** Members of a JSON object; numbers that JavaScript would change are raw, as `parseExactly` has them. */
export type Fields = Readonly<Record<string, unknown>>;

/** Levels of objects and arrays in a body; far deeper ones overflow the stack when written. */
const maxNesting = 100;

/**
 * The JSON object that a request holds.
 *
 * @param schema what it has to say.
 * @returns what it says by the schema, and all of its members: the schema leaves out one that is called
 * `__proto__`.
 * @throws ApiError 400, 413 `RequestTooLarge`, 415.
 */
export function readDocument<Schema extends z.ZodMiniType>(
  event: APIGatewayProxyEvent,
  schema: Schema,
): { stated: z.output<Schema>; fields: Fields } {
  readQuery(event, NoQuery);
  if (readBytes(event).length > maxDocumentBytes) {
    throw new TooLargeError("request", maxDocumentBytes);
  }
  const body = readJson(event, parseExactly);
  const stated = validate(schema, body);
  if (isNestedDeeperThan(maxNesting, body)) {
    throw new InvalidRequestError([
      { field: "body", problem: `must not be nested more than ${maxNesting} levels deep` },
    ]);
  }
  return { stated, fields: body as Fields };
}
