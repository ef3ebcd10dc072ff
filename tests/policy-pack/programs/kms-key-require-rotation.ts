import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:kms/key:Key";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "key", { description: "orders", enableKeyRotation: true })],
    decisive: ["key", "enableKeyRotation"],
    undecided: { unjudged: ['aws.kms.Key "key" (enableKeyRotation)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "key", { description: "orders", enableKeyRotation: false })],
    violations: ['aws.kms.Key "key" is never rotated'],
    decisive: ["key", "enableKeyRotation"],
    undecided: { unjudged: ['aws.kms.Key "key" (enableKeyRotation)'] },
  },
  {
    title: "says nothing",
    resources: [resource(type, "key", { description: "orders" })],
    violations: ['aws.kms.Key "key" is never rotated'],
  },
];
