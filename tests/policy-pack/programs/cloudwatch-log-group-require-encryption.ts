import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:cloudwatch/logGroup:LogGroup";
const settings = { requireKey: true };
const kmsKeyId = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

export const programs: RuleProgram[] = [
  { title: "complies where no key is asked for", resources: [resource(type, "logs")] },
  {
    title: "complies",
    settings,
    resources: [resource(type, "logs", { kmsKeyId })],
    decisive: ["logs", "kmsKeyId"],
  },
  {
    title: "says nothing",
    settings,
    resources: [resource(type, "logs")],
    violations: ['aws.cloudwatch.LogGroup "logs" has no KMS key'],
  },
];
