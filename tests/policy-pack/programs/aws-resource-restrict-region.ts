import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:sqs/queue:Queue";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "jobs", { region: "us-east-1" })],
    decisive: ["jobs", "region"],
    undecided: { unjudged: ['aws.sqs.Queue "jobs" (region)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "jobs", { region: "eu-west-3" })],
    violations: ['aws.sqs.Queue "jobs" is created in eu-west-3, where only us-east-1 is allowed'],
    decisive: ["jobs", "region"],
    undecided: { unjudged: ['aws.sqs.Queue "jobs" (region)'] },
  },
];
