import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const kinesisStreamRequireEncryption = resourceRule({
  name: "kinesis-stream-require-encryption",
  description: "Kinesis streams are encrypted at rest.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Kinesis.1")],
  remediationSteps: "Set encryptionType to KMS and kmsKeyId to a key, such as alias/aws/kinesis.",
  url: "https://docs.aws.amazon.com/streams/latest/dg/server-side-encryption.html",
  ...requiring({
    type: "aws:kinesis/stream:Stream",
    path: ["encryptionType"],
    accepts: ["KMS"],
    problem: "is not encrypted",
  }),
});
