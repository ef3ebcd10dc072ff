import { cis, nist } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { keyType } from "../lib/types";
import { mayBe } from "../lib/values";

/** KMS rotates symmetric encryption keys whose material it made; the others are left alone. */
export const kmsKeyRequireRotation = resourceRule({
  name: "kms-key-require-rotation",
  description: "KMS keys that can be rotated are rotated every year.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [nist("KMS.4"), cis("3.6")],
  remediationSteps: "Set enableKeyRotation to true.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
  types: [keyType],
  check(key, report) {
    const rotatable =
      [undefined, "SYMMETRIC_DEFAULT"].includes(key.known("customerMasterKeySpec") as string) &&
      [undefined, "ENCRYPT_DECRYPT"].includes(key.known("keyUsage") as string) &&
      key.known("customKeyStoreId") === undefined;
    if (rotatable && !mayBe(key.known("enableKeyRotation"), true)) {
      report("is never rotated");
    }
  },
});
