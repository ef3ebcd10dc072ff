import { resourceRule } from "../lib/rule";
import { maySet } from "../lib/values";

/** Secrets are always encrypted; a key of the account's own is a team's choice. */
export const secretsmanagerSecretRequireEncryption = resourceRule({
  name: "secretsmanager-secret-require-encryption",
  description: "Secrets are encrypted with a KMS key of their own, where a team asks for it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps: "Set kmsKeyId to the ARN of a KMS key.",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether secrets need a KMS key other than aws/secretsmanager.",
    },
  },
  types: ["aws:secretsmanager/secret:Secret"],
  check(secret, report, { requireKey }) {
    const key = requireKey ? secret.known("kmsKeyId") : undefined;
    if (requireKey && (!maySet(key) || String(key).endsWith("alias/aws/secretsmanager"))) {
      report("has no KMS key");
    }
  },
});
