import { isProduction, productionStacks } from "../lib/production";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { tableReplicaType, tableType } from "../lib/types";
import { mayBe, textOf } from "../lib/values";

export const dynamodbTableRequireDeletionProtection = resourceRule({
  name: "dynamodb-table-require-deletion-protection",
  description: "DynamoDB tables of production cannot be deleted by mistake.",
  severity: "medium",
  topic: "dynamodb",
  references: [fsbp("DynamoDB.6")],
  remediationSteps: "Set deletionProtectionEnabled to true, of each replica as well.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection",
  settings: { productionStacks },
  types: [tableType, tableReplicaType],
  check(table, report, settings) {
    if (!isProduction(table, settings.productionStacks)) {
      return;
    }
    if (!mayBe(table.known("deletionProtectionEnabled"), true)) {
      report("can be deleted");
    }
    for (const replica of table.blocks("replicas")) {
      if (!mayBe(replica.known("deletionProtectionEnabled"), true)) {
        report(`can be deleted in ${textOf(replica.declared("regionName"))}`);
      }
    }
  },
});
