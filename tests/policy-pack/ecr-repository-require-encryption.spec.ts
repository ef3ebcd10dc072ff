import { ecrRepositoryRequireEncryption as policy } from "../../policy-pack/policies/ecr-repository-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:ecr/repository:Repository",
    clean: { imageTagMutability: "IMMUTABLE" },
    alsoClean: [{ encryptionConfigurations: [{ encryptionType: "AES256" }] }],
    wrong: [],
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
