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
        writeCapacity: 5,
        readCapacity: 5,
      }),
    ],
    decisive: ["orders", "readCapacity"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (readCapacity)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        writeCapacity: 5,
        readCapacity: 4,
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" has less than 5 read capacity units'],
    decisive: ["orders", "readCapacity"],
    undecided: { unjudged: ['aws.dynamodb.Table "orders" (readCapacity)'] },
  },
  {
    title: "says nothing",
    resources: [
      resource(type, "orders", {
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        writeCapacity: 5,
      }),
    ],
    violations: ['aws.dynamodb.Table "orders" has less than 5 read capacity units'],
  },
];
