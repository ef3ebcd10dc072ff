import { z } from "zod";
import { parseJson } from "../../parse-json";
import { accessDenied, S3Error } from "./errors";

const scalar = z.union([z.string(), z.number()]).transform(String);
const bytes = z.coerce.number().int().nonnegative();

const sizes = z.tuple([z.literal("content-length-range"), bytes, bytes]);
const comparison = z.tuple([z.enum(["eq", "starts-with"]), z.string().startsWith("$"), scalar]);
/** What is taken for a condition, but for one that no form can meet. */
const unmet = z.tuple([
  z.enum(["content-length-range", "eq", "starts-with"]),
  z.union([z.string(), z.number()]),
  z.union([z.string(), z.number()]),
]);

const notSimple =
  "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.";

const postPolicy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      sizes,
      comparison,
      unmet.transform((condition) => ({ unmet: condition })),
      z
        .record(z.string(), scalar)
        .transform((equal) => ({ equal }))
        .refine(({ equal }) => Object.keys(equal).length === 1, notSimple),
    ]),
  ),
});

/**
 * What a signed policy lets a browser's form upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export type PostPolicy = z.output<typeof postPolicy>;

/** Fields that a policy need not mention. */
const free = /^(policy|file|bucket|x-amz-signature|x-ignore-.*)$/;

/** @throws S3Error `InvalidPolicyDocument`. */
export function readPostPolicy(base64: string): PostPolicy {
  const text = Buffer.from(base64, "base64").toString("utf8");
  const result = postPolicy.safeParse(parseJson(text));
  if (!result.success) {
    const message = result.error.issues[0]?.message ?? "unknown";
    throw new S3Error("InvalidPolicyDocument", `Invalid Policy: ${message}`, 400);
  }
  return result.data;
}

/**
 * Checks a form against its policy, but for the size of the file.
 *
 * @param fields by lower-case name, `bucket` included.
 * @throws S3Error `AccessDenied`.
 */
export function checkPostPolicy(
  policy: PostPolicy,
  fields: ReadonlyMap<string, string>,
  now: Date,
): void {
  if (Date.parse(policy.expiration) <= now.getTime()) {
    throw accessDenied("Invalid according to Policy: Policy expired.");
  }
  for (const condition of policy.conditions) {
    if ("unmet" in condition) {
      throw conditionFailed(condition.unmet);
    }
  }
  const mentioned = new Set<string>();
  for (const [operator, field, expected] of comparisons(policy)) {
    mentioned.add(field);
    const value = fields.get(field) ?? "";
    if (operator === "eq" ? value !== expected : !value.startsWith(expected)) {
      throw conditionFailed([operator, `$${field}`, expected]);
    }
  }
  const extra = [...fields.keys()].filter((name) => !mentioned.has(name) && !free.test(name));
  if (extra.length > 0) {
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(", ")}`);
  }
}

function conditionFailed(condition: readonly (string | number)[]): S3Error {
  const members = condition.map((member) => JSON.stringify(String(member)));
  return accessDenied(
    `Invalid according to Policy: Policy Condition failed: [${members.join(", ")}]`,
  );
}

/** All comparisons as `[operator, field in lower case, expected]`. */
function comparisons({ conditions }: PostPolicy): ["eq" | "starts-with", string, string][] {
  return conditions.flatMap((condition) => {
    if ("unmet" in condition) {
      return [];
    }
    if ("equal" in condition) {
      return Object.entries(condition.equal).map(([field, expected]): ["eq", string, string] => [
        "eq",
        field.toLowerCase(),
        expected,
      ]);
    }
    const [operator, field, expected] = condition;
    return operator === "content-length-range"
      ? []
      : [[operator, field.slice(1).toLowerCase(), expected]];
  });
}

/** Sizes in bytes, both ends included. */
export interface SizeRange {
  min: number;
  max: number;
}

/** The sizes that the policy allows. */
export function sizeRange({ conditions }: PostPolicy): SizeRange {
  const range = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const condition of conditions) {
    if (Array.isArray(condition) && condition[0] === "content-length-range") {
      range.min = Math.max(range.min, condition[1]);
      range.max = Math.min(range.max, condition[2]);
    }
  }
  return range;
}

/** @throws S3Error `EntityTooSmall`. */
export function checkMinSize(size: number, { min }: SizeRange): void {
  if (size < min) {
    throw new S3Error(
      "EntityTooSmall",
      "Your proposed upload is smaller than the minimum allowed size",
      400,
      { ProposedSize: String(size), MinSizeAllowed: String(min) },
    );
  }
}
