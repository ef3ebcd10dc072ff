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
        serverSideEncryption: { enabled: true },
      }),
    ],
    decisive: ["orders", "serverSideEncryption"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (serverSideEncryption.enabled)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        serverSideEncryption: { enabled: false },
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" is encrypted with a key that is not in the account'],
    decisive: ["orders", "serverSideEncryption"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (serverSideEncryption.enabled)'] },
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
    violations: ['aws.dynamodb.Table "orders" is encrypted with a key that is not in the account'],
  },
];
