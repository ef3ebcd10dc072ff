import { parseJson } from "../lib/json-text";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { at, isKnown } from "../lib/values";

const flags = {
  EnableAtRestEncryption: "does not encrypt at rest",
  EnableInTransitEncryption: "does not encrypt in transit",
};

export const emrSecurityConfigurationRequireEncryption = resourceRule({
  name: "emr-security-configuration-require-encryption",
  description: "Security configurations of EMR encrypt, at rest and in transit.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("EMR.3"), fsbp("EMR.4")],
  remediationSteps: `Set ${Object.keys(flags).join(" and ")} to true in EncryptionConfiguration.`,
  url: "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-data-encryption.html",
  types: ["aws:emr/securityConfiguration:SecurityConfiguration"],
  check(resource, report) {
    const text = resource.known("configuration");
    const configuration = typeof text === "string" ? parseJson(text) : text;
    for (const [flag, problem] of Object.entries(flags)) {
      const value = at(configuration, "EncryptionConfiguration", flag);
      if (isKnown(value) && value !== true) {
        report(problem);
      }
    }
  },
});
