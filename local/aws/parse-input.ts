import type { z } from "zod";
import { AwsError } from "./aws-error";
import { constraintOf, validationMessage } from "./constraint";
import { notEmulated } from "./not-emulated";

/**
 * Reads the input of an operation.
 *
 * @param code of the error.
 * @throws AwsError that names the members at fault, or `SerializationException` for one of another type.
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  code = "ValidationException",
): T {
  const result = schema.safeParse(withoutNulls(input), { reportInput: true, error: constraintOf });
  if (result.success) {
    return result.data;
  }
  const { issues } = result.error;
  const misread = issues.find(({ code, input }) => code === "invalid_type" && input !== undefined);
  if (misread) {
    throw new AwsError("SerializationException", `${misread.path.join(".")}: not of its type`);
  }
  throw new AwsError(code, validationMessage(issues));
}

/** A member that is null is none, as in AWS's protocols. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== "object" || value === null || !isPlain(value)) {
    return value;
  }
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

/** Bytes and times are values. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Refuses parameters that AWS knows, and that would change the answer.
 *
 * @param what they are of, such as `ListMetrics of CloudWatch`.
 * @throws AwsError `NotImplemented` where one is given; a `false` gives none.
 */
export function refuseParameters(
  input: unknown,
  parameters: readonly string[],
  what: string,
): void {
  const given = new Map<string, unknown>(Object.entries(input ?? {}));
  const refused = parameters.filter((name) => {
    const value = given.get(name);
    return value !== undefined && value !== false;
  });
  if (refused.length > 0) {
    throw notEmulated(`the parameter ${refused.join(", ")} of ${what}`);
  }
}

/**
 * The same of a strict schema: members that AWS may know, and that would be dropped here, are refused as what is not
 * emulated.
 *
 * @param what they are of, such as `rules of EventBridge`.
 */
export function parseStrictInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  what: string,
  code?: string,
): T {
  const unknown = schema
    .safeParse(input)
    .error?.issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown) {
    throw notEmulated(`the parameter ${unknown.keys.join(", ")} of ${what}`);
  }
  return parseInput(schema, input, code);
}
