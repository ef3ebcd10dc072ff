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
        tags: { Environment: "Production" },
      }),
    ],
    decisive: ["orders", "tags"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (tags)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        tags: { environment: "Production" },
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" has no tag Environment'],
    decisive: ["orders", "tags"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (tags)'] },
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
    violations: ['aws.dynamodb.Table "orders" has no tag Environment'],
  },
];
