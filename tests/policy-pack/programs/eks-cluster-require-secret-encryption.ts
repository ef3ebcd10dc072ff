import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:eks/cluster:Cluster",
    clean: {
      version: "1.27",
      encryptionConfig: {
        resources: ["secrets"],
        provider: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" },
      },
    },
    alsoClean: [
      { version: "1.34", encryptionConfig: undefined },
      { version: undefined, encryptionConfig: undefined },
    ],
    wrong: [[{ encryptionConfig: undefined }, "does not encrypt secrets"]],
    asks: { encryptionConfig: null },
  },
  {
    type: "aws:eks/cluster:Cluster",
    clean: { version: "1.34", encryptionConfig: { resources: ["secrets"] } },
    wrong: [
      [{ encryptionConfig: undefined }, "encrypts secrets with a key that is not in the account"],
    ],
    asks: { encryptionConfig: null },
    settings: { requireKey: true },
  },
);
