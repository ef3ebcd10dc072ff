import { secretsmanagerSecretRequireEncryption as policy } from "../../policy-pack/policies/secretsmanager-secret-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  { type: "aws:secretsmanager/secret:Secret", clean: { name: "orders" }, wrong: [] },
  {
    type: "aws:secretsmanager/secret:Secret",
    clean: { kmsKeyId: "alias/secrets" },
    wrong: [
      [{ kmsKeyId: undefined }, "has no KMS key"],
      [{ kmsKeyId: "alias/aws/secretsmanager" }, "has no KMS key"],
    ],
    settings: { requireKey: true },
  },
);
