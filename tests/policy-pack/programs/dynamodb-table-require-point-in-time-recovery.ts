import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:dynamodb/table:Table";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        pointInTimeRecovery: { enabled: true },
      }),
    ],
    decisive: ["orders", "pointInTimeRecovery"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (pointInTimeRecovery.enabled)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        pointInTimeRecovery: { enabled: false },
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" has no point-in-time recovery'],
    decisive: ["orders", "pointInTimeRecovery"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (pointInTimeRecovery.enabled)'] },
  },
  {
    title: "says nothing",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" has no point-in-time recovery'],
  },
];
