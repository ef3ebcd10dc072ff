import { AwsError } from "../aws-error";
import { documentSize } from "./policy-document";

/**
 * Quotas that cannot be raised, or their defaults; sizes in characters without white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const quotas = {
  PolicySize: 6_144,
  ACLSizePerRole: 2_048,
  InlinePolicySizePerRole: 10_240,
  PoliciesPerRole: 10,
} as const;

/** @throws AwsError `LimitExceeded` when `amount` is above the quota. */
export function checkQuota(quota: keyof typeof quotas, amount: number): void {
  if (amount > quotas[quota]) {
    throw new AwsError("LimitExceeded", `Cannot exceed quota for ${quota}: ${quotas[quota]}`, 409);
  }
}

/** Characters that several documents have together. */
export function totalSize(documents: Iterable<string>): number {
  return [...documents].reduce((sum, document) => sum + documentSize(document), 0);
}

/** @throws AwsError `ValidationError` when IAM would not accept the name. */
export function checkName(name: string, maxLength: 64 | 128): void {
  if (!/^[\w+=,.@-]+$/.test(name) || name.length > maxLength) {
    throw new AwsError(
      "ValidationError",
      `The name "${name}" is invalid: it must contain only alphanumeric characters and/or the following: +=,.@_- and have at most ${maxLength} of them.`,
    );
  }
}

/** @throws AwsError `ValidationError` when IAM would not accept the path. */
export function checkPath(path: string): void {
  if (!/^\/([!-.0-~]+\/)*$/.test(path) || path.length > 512) {
    throw new AwsError(
      "ValidationError",
      `The specified value for path is invalid: "${path}" must begin and end with /.`,
    );
  }
}
