import { pageOf } from "../api/page-of";
import { AwsError } from "../aws-error";
import { invalidMember } from "./invalid-member";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const maxItems = 50;

/**
 * One page of a list, by the query of a request.
 *
 * @throws AwsError `InvalidParameterValueException`, `ValidationException`.
 */
export function paged<Item>(all: readonly Item[], query: URLSearchParams) {
  const asked = query.get("MaxItems");
  const size = asked === null ? maxItems : Number(asked);
  const invalid = () => new AwsError("InvalidParameterValueException", "The marker is invalid.");
  if (!Number.isInteger(size) || size < 1 || size > 10_000) {
    throw invalidMember("maxItems", asked ?? "", "Member must be an integer from 1 to 10000");
  }
  const page = pageOf(all, query.get("Marker") ?? undefined, Math.min(size, maxItems), invalid);
  return { items: page.items, next: page.nextToken };
}
