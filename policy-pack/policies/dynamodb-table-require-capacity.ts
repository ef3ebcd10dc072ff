import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { tableType } from "../lib/types";
import { mayLieBetween, textOf } from "../lib/values";

export const dynamodbTableRequireCapacity = resourceRule({
  name: "dynamodb-table-require-capacity",
  description: "Provisioned DynamoDB tables and indexes have at least a minimum of capacity.",
  severity: "low",
  topic: "dynamodb",
  remediationSteps: "Raise the capacity, or set billingMode to PAY_PER_REQUEST.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/provisioned-capacity-mode.html",
  settings: {
    minimumRead: {
      type: "integer",
      minimum: 1,
      default: 5,
      description: "Least read capacity units of a provisioned table or index.",
    },
    minimumWrite: {
      type: "integer",
      minimum: 1,
      default: 5,
      description: "Least write capacity units of a provisioned table or index.",
    },
  },
  types: [tableType],
  check(table, report, { minimumRead, minimumWrite }) {
    const isProvisioned = [undefined, "PROVISIONED"].includes(table.known("billingMode") as string);
    for (const { label, of } of isProvisioned ? partsOf(table) : []) {
      if (!mayLieBetween(of("readCapacity"), minimumRead, Infinity)) {
        report(`has less than ${minimumRead} read capacity units${label}`);
      }
      if (!mayLieBetween(of("writeCapacity"), minimumWrite, Infinity)) {
        report(`has less than ${minimumWrite} write capacity units${label}`);
      }
    }
  },
});

/** The table itself and its indexes, each with capacity of its own. */
function partsOf(table: CheckedResource) {
  return [
    { label: "", of: (property: string) => table.known(property) },
    // An index that sets no capacity has the table's.
    ...table.blocks("globalSecondaryIndexes").map((index) => ({
      label: ` in the index ${textOf(index.declared("name"))}`,
      of: (property: string) => index.known(property) ?? table.known(property),
    })),
  ];
}
