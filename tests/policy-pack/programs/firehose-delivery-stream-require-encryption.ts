import { programsOf } from "../support/examples";

export const programs = programsOf({
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
  asks: { serverSideEncryption: "serverSideEncryption.enabled" },
});
