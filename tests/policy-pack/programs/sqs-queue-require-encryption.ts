import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:sqs/queue:Queue";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "jobs", { sqsManagedSseEnabled: true })],
    decisive: ["jobs", "sqsManagedSseEnabled"],
    undecided: { unjudged: ['aws.sqs.Queue "jobs" (sqsManagedSseEnabled)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "jobs", { sqsManagedSseEnabled: false })],
    violations: ['aws.sqs.Queue "jobs" declares no encryption'],
    decisive: ["jobs", "sqsManagedSseEnabled"],
    undecided: { unjudged: ['aws.sqs.Queue "jobs" (sqsManagedSseEnabled)'] },
  },
  {
    title: "says nothing",
    resources: [resource(type, "jobs", {})],
    violations: ['aws.sqs.Queue "jobs" declares no encryption'],
  },
];
