import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:sns/topic:Topic",
  clean: {
    kmsMasterKeyId: "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
  },
  wrong: [
    [
      { kmsMasterKeyId: "alias/aws/sns" },
      "is encrypted with the AWS managed key, which other AWS services cannot use",
    ],
    [{ kmsMasterKeyId: undefined }, "is not encrypted"],
  ],
  asks: { kmsMasterKeyId: null },
});
