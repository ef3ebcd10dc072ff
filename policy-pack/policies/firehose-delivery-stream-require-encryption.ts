import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/** What comes from a Kinesis stream or from MSK is kept there, encrypted as the source is. */
export const firehoseDeliveryStreamRequireEncryption = resourceRule({
  name: "firehose-delivery-stream-require-encryption",
  description: "Firehose delivery streams are encrypted at rest.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DataFirehose.1")],
  remediationSteps: "Set serverSideEncryption.enabled to true.",
  url: "https://docs.aws.amazon.com/firehose/latest/dg/encryption.html",
  ...requiring({
    type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    path: ["serverSideEncryption", "enabled"],
    accepts: [true],
    inheritsFrom: ["kinesisSourceConfiguration", "mskSourceConfiguration"],
    problem: "is not encrypted",
  }),
});
