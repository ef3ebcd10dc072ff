import { pageOf } from "../api/page-of";
import { AwsError } from "../aws-error";
import { invalidMember } from "./invalid-member";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const maxItems = 50;

/** How operations that list differ. */
interface PageLimits {
  /** That may be asked for. @default 10000 */
  most?: number;
  /** That are given at once, also where more are asked for. @default 50 */
  atOnce?: number;
}

/**
 * One page of a list, by the query of a request.
 *
 * @throws AwsError `InvalidParameterValueException`, `ValidationException`.
 */
export function paged<Item>(
  all: readonly Item[],
  query: URLSearchParams,
  { most = 10_000, atOnce = maxItems }: PageLimits = {},
) {
  const asked = query.get("MaxItems");
  const size = asked === null ? atOnce : Number(asked);
  if (!Number.isInteger(size)) {
    throw new AwsError("SerializationException", `MaxItems: not of its type: ${asked}`);
  }
  if (size < 1 || size > most) {
    const limit = size < 1 ? "greater than or equal to 1" : `less than or equal to ${most}`;
    throw invalidMember("maxItems", String(size), `Member must have value ${limit}`);
  }
  const invalid = () => new AwsError("InvalidParameterValueException", "The marker is invalid.");
  const page = pageOf(all, query.get("Marker") ?? undefined, Math.min(size, atOnce), invalid);
  return { items: page.items, next: page.nextToken };
}
