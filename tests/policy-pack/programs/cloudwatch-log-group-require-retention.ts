import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:cloudwatch/logGroup:LogGroup";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "logs", { retentionInDays: 30 })],
    decisive: ["logs", "retentionInDays"],
    undecided: { unjudged: ['aws.cloudwatch.LogGroup "logs" (retentionInDays)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "logs", { retentionInDays: 0 })],
    violations: ['aws.cloudwatch.LogGroup "logs" keeps logs for ever'],
    decisive: ["logs", "retentionInDays"],
    undecided: { unjudged: ['aws.cloudwatch.LogGroup "logs" (retentionInDays)'] },
  },
  {
    title: "says nothing",
    resources: [resource(type, "logs", {})],
    violations: ['aws.cloudwatch.LogGroup "logs" keeps logs for ever'],
  },
];
