import type { z } from "zod";
import { AwsError } from "./aws-error";

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
