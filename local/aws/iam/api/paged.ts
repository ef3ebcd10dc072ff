import { z } from "zod";
import type { Structure } from "../../api/output";
import { pageOf } from "../../api/page-of";
import { AwsError } from "../../aws-error";
import { parseInput } from "../../parse-input";

/** Which page of a list is asked for. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const pageInput = {
  Marker: z.string().optional(),
  MaxItems: z.int().min(1).max(1000).default(100),
};

const input = z.object(pageInput);

/** A page of a list, and what is told of the next. @throws AwsError `ValidationError`. */
export function pageIn<Item>(all: readonly Item[], asked: unknown) {
  const { Marker, MaxItems } = parseInput(input, asked, "ValidationError");
  const invalid = () => new AwsError("ValidationError", "Invalid Marker");
  const { items, nextToken } = pageOf(all, Marker, MaxItems, invalid);
  return { items, following: { IsTruncated: nextToken !== undefined, Marker: nextToken } };
}

/** @throws AwsError `ValidationError`. */
export function paged(
  name: string,
  all: readonly (string | Structure)[],
  asked: unknown,
): Structure {
  const { items, following } = pageIn(all, asked);
  return { [name]: items, ...following };
}
