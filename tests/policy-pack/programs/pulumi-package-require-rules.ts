import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const queue = resource("aws:sqs/queue:Queue", "jobs", { sqsManagedSseEnabled: true });

export const programs: RuleProgram[] = [
  { title: "is made of what is judged", resources: [queue] },
  {
    title: "has resources of another package",
    resources: [queue, resource("aws-native:glue:Job", "native")],
    violations: ["1 resource of aws-native was not checked"],
  },
];
