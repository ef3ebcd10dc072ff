import { pageOf } from "../api/page-of";
import { AwsError } from "../aws-error";
import { invalidMember } from "./invalid-member";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const maxItems = 50;

/**
 * One page of a list, by the query of a request.
 *
 * @param most that may be asked for. Default 10,000, of which fewer are given.
 * @throws AwsError `InvalidParameterValueException`, `ValidationException`.
 */
export function paged<Item>(all: readonly Item[], query: URLSearchParams, most = 10_000) {
  const asked = query.get("MaxItems");
  const size = asked === null ? maxItems : Number(asked);
  if (!Number.isInteger(size)) {
    throw new AwsError("SerializationException", `MaxItems: not of its type: ${asked}`);
  }
  if (size < 1 || size > most) {
    const limit = size < 1 ? "greater than or equal to 1" : `less than or equal to ${most}`;
    throw invalidMember("maxItems", String(size), `Member must have value ${limit}`);
  }
  const invalid = () => new AwsError("InvalidParameterValueException", "The marker is invalid.");
  const page = pageOf(all, query.get("Marker") ?? undefined, Math.min(size, maxItems), invalid);
  return { items: page.items, next: page.nextToken };
}
