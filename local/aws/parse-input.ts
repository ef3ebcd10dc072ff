import type { z } from "zod";
import { AwsError } from "./aws-error";

/** @throws AwsError `ValidationException` that names the member at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  throw new AwsError(
    "ValidationException",
    `1 validation error detected: Value at '${issue?.path.join(".") ?? ""}' failed to satisfy constraint: ${issue?.message ?? ""}`,
  );
}
