import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:kinesis/stream:Stream",
  clean: { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" },
  wrong: [
    [{ encryptionType: "NONE" }, "is not encrypted"],
    [{ encryptionType: undefined }, "is not encrypted"],
  ],
});
