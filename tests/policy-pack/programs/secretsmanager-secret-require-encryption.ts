import { programsOf } from "../support/examples";

export const programs = programsOf(
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
