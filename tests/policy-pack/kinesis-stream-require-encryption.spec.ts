import { kinesisStreamRequireEncryption as policy } from "../../policy-pack/policies/kinesis-stream-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:kinesis/stream:Stream",
  clean: { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" },
  wrong: [
    [{ encryptionType: "NONE" }, "is not encrypted"],
    [{ encryptionType: undefined }, "is not encrypted"],
  ],
});
