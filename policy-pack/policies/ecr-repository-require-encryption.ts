import { nist } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { isKnown, mayBe } from "../lib/values";

/** ECR always encrypts; a key of the account's own is a team's choice. */
export const ecrRepositoryRequireEncryption = resourceRule({
  name: "ecr-repository-require-encryption",
  description: "ECR repositories are encrypted with a KMS key, where a team asks for it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [nist("ECR.5")],
  remediationSteps:
    "Set encryptionConfigurations with encryptionType KMS and the ARN of a key; the repository has to be replaced.",
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html",
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether repositories need a KMS key.",
    },
  },
  types: ["aws:ecr/repository:Repository"],
  check(repository, report, { requireKey }) {
    if (!requireKey || !isKnown(repository.known("encryptionConfigurations"))) {
      return;
    }
    const types = repository
      .blocks("encryptionConfigurations")
      .map((one) => one.known("encryptionType"));
    if (!types.some((type) => mayBe(type, "KMS", "KMS_DSSE"))) {
      report("has no KMS key");
    }
  },
});
