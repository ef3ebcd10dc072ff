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
        deletionProtectionEnabled: true,
      }),
    ],
    decisive: ["orders", "deletionProtectionEnabled"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (deletionProtectionEnabled)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        deletionProtectionEnabled: false,
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" can be deleted'],
    decisive: ["orders", "deletionProtectionEnabled"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (deletionProtectionEnabled)'] },
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
    violations: ['aws.dynamodb.Table "orders" can be deleted'],
  },
];
