import { createHash } from "node:crypto";
import { AwsError } from "../aws-error";
import type { PolicyDocument } from "../iam/types";

/** What a key is for. Signing and key agreement are not emulated. */
export type KeyUsage = "ENCRYPT_DECRYPT" | "GENERATE_VERIFY_MAC";

/** A KMS key. */
export interface Key {
  /** A UUID. */
  keyId: string;
  arn: string;
  description: string;
  usage: KeyUsage;
  /** Such as `SYMMETRIC_DEFAULT` or `HMAC_256`. */
  spec: string;
  enabled: boolean;
  /** `AWS` for the keys that AWS makes for a service, such as `alias/aws/sns`. */
  manager: "AWS" | "CUSTOMER";
  policy: PolicyDocument;
  createdAt: Date;
  /** Days after which AWS would make new material, which is not emulated; none: never. */
  rotationPeriodInDays?: number | undefined;
  tags?: Readonly<Record<string, string>>;
}

/** The id of the one material that a key has here, for no key is ever rotated. Keys that make MACs tell none. */
export function materialIdOf({ arn }: Key): string {
  return createHash("sha256").update(arn).digest("hex");
}

/** What a MAC algorithm is to Node, and which keys it takes. */
export interface MacAlgorithm {
  /** Spec of the keys that it works with. */
  spec: string;
  /** Name of the hash in Node. */
  hash: string;
  /** Length of the key's material. */
  materialBytes: number;
}

/** In KMS's order. https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html#hmac-key-specs */
export const macAlgorithms: Readonly<Record<string, MacAlgorithm>> = {
  HMAC_SHA_384: { spec: "HMAC_384", hash: "sha384", materialBytes: 48 },
  HMAC_SHA_256: { spec: "HMAC_256", hash: "sha256", materialBytes: 32 },
  HMAC_SHA_224: { spec: "HMAC_224", hash: "sha224", materialBytes: 28 },
  HMAC_SHA_512: { spec: "HMAC_512", hash: "sha512", materialBytes: 64 },
};

/**
 * @throws AwsError `ValidationException` when usage and spec do not go together,
 * `UnsupportedOperationException` for keys that are not emulated.
 */
export function checkSpec(usage: string, spec: string): asserts usage is KeyUsage {
  const isMac = Object.values(macAlgorithms).some((algorithm) => algorithm.spec === spec);
  if (!isMac && spec !== "SYMMETRIC_DEFAULT") {
    throw new AwsError("UnsupportedOperationException", `Keys of spec ${spec} are not emulated.`);
  }
  if (usage !== (isMac ? "GENERATE_VERIFY_MAC" : "ENCRYPT_DECRYPT")) {
    throw new AwsError(
      "ValidationException",
      `KeyUsage ${usage} is not compatible with KeySpec ${spec}`,
    );
  }
}
