import type { SecretMark } from "../../api/types";

/** Whether a value is a mark that stands for a secret. */
export function isSecret(value: unknown): value is SecretMark {
  return (
    typeof value === "object" && value !== null && "$secret" in value && value.$secret === true
  );
}
