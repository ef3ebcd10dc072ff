import { z } from "zod";
import type { Operation as ApiOperation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { parseInput } from "../parse-input";
import type { Key, KeyUsage } from "./key";
import type { KeyMaterial } from "./key-material";
import type { KeyStore } from "./key-store";

/** What the operations of the API work with. */
export interface OperationContext {
  material: KeyMaterial;
  accountId: string;
  keys: Pick<KeyStore, "aliases" | "all" | "arn" | "find">;
  /**
   * Checks that the caller may do what is about no key in particular.
   *
   * @throws AwsError `AccessDeniedException`.
   */
  requireAccount(action: string): void;
  /**
   * Finds a key and checks that the caller may use it.
   *
   * @param context values of further condition keys.
   * @throws AwsError `NotFoundException` or `AccessDeniedException`.
   */
  authorizedKey(reference: string, action: string, context?: Readonly<Record<string, string>>): Key;
}

/** One operation: from the parsed body to the answer. */
export type Operation = ApiOperation<OperationContext>;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
const tokensInput = z.object({
  GrantTokens: z.array(z.string().min(1).max(8192)).max(10).default([]),
});

/**
 * There are no grants here, so that none of their tokens could allow anything.
 *
 * @throws AwsError `ValidationException`, `NotImplemented`.
 */
export function refuseGrantTokens(input: unknown, operation: string): void {
  if (parseInput(tokensInput, input).GrantTokens.length > 0) {
    throw notEmulated(`the parameter GrantTokens of ${operation} of KMS`);
  }
}

/** @throws AwsError `DisabledException`, or `InvalidKeyUsageException`. */
export function checkUsable(key: Key, usage: KeyUsage, operation: string): void {
  if (!key.enabled) {
    throw new AwsError("DisabledException", `${key.arn} is disabled.`);
  }
  if (key.usage !== usage) {
    throw new AwsError(
      "InvalidKeyUsageException",
      `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`,
    );
  }
}
