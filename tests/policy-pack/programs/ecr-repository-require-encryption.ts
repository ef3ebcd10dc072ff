import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:ecr/repository:Repository",
    clean: { imageTagMutability: "IMMUTABLE" },
    alsoClean: [{ encryptionConfigurations: [{ encryptionType: "AES256" }] }],
    wrong: [],
    asks: { encryptionConfigurations: null },
  },
  {
    type: "aws:ecr/repository:Repository",
    clean: { encryptionConfigurations: [{ encryptionType: "KMS" }] },
    wrong: [
      [{ encryptionConfigurations: [{ encryptionType: "AES256" }] }, "has no KMS key"],
      [{ encryptionConfigurations: undefined }, "has no KMS key"],
    ],
    settings: { requireKey: true },
  },
);
