import { programsOf } from "../support/examples";

export const programs = programsOf({
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
