import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:sns/topic:Topic";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "alerts", {
        kmsMasterKeyId:
          "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
      }),
    ],
    decisive: ["alerts", "kmsMasterKeyId"],
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "alerts", { kmsMasterKeyId: "alias/aws/sns" })],
    violations: [
      'aws.sns.Topic "alerts" is encrypted with the AWS managed key, which other AWS services cannot use',
    ],
    decisive: ["alerts", "kmsMasterKeyId"],
  },
  {
    title: "says nothing",
    resources: [resource(type, "alerts", {})],
    violations: ['aws.sns.Topic "alerts" is not encrypted'],
  },
];
