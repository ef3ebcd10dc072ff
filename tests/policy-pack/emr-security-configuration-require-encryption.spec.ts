import { emrSecurityConfigurationRequireEncryption as policy } from "../../policy-pack/policies/emr-security-configuration-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:emr/securityConfiguration:SecurityConfiguration",
  clean: {
    configuration:
      '{"EncryptionConfiguration": {"EnableAtRestEncryption": true, "EnableInTransitEncryption": true}}',
  },
  wrong: [
    [
      {
        configuration:
          '{"EncryptionConfiguration": {"EnableAtRestEncryption": false, "EnableInTransitEncryption": true}}',
      },
      "does not encrypt at rest",
    ],
    [
      {
        configuration:
          '{"EncryptionConfiguration": {"EnableAtRestEncryption": true, "EnableInTransitEncryption": false}}',
      },
      "does not encrypt in transit",
    ],
  ],
});
