import type { z } from "zod";
import { AwsError } from "./aws-error";
import { notEmulated } from "./not-emulated";

/**
 * Reads the input of an operation.
 *
 * @param code of the error.
 * @throws AwsError that names the member at fault.
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  code = "ValidationException",
): T {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  throw new AwsError(
    code,
    `1 validation error detected: Value at '${issue?.path.join(".") ?? ""}' failed to satisfy constraint: ${issue?.message ?? ""}`,
  );
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
