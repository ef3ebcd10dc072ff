import { firehoseDeliveryStreamRequireEncryption as policy } from "../../policy-pack/policies/firehose-delivery-stream-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  clean: { destination: "extended_s3", serverSideEncryption: { enabled: true } },
  alsoClean: [
    {
      serverSideEncryption: undefined,
      kinesisSourceConfiguration: {
        kinesisStreamArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
      },
    },
  ],
  wrong: [
    [{ serverSideEncryption: { enabled: false } }, "is not encrypted"],
    [{ serverSideEncryption: undefined }, "is not encrypted"],
  ],
});
