import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { tableReplicaType, tableType } from "../lib/types";
import { mayBe, textOf } from "../lib/values";

/** Each replica of a global table has recovery of its own, which it does not take over. */
export const dynamodbTableRequirePointInTimeRecovery = resourceRule({
  name: "dynamodb-table-require-point-in-time-recovery",
  description: "DynamoDB tables can be restored to any second of the last days.",
  severity: "medium",
  topic: "dynamodb",
  references: [fsbp("DynamoDB.2")],
  remediationSteps:
    "Set pointInTimeRecovery.enabled to true, and pointInTimeRecovery of each replica.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  types: [tableType, tableReplicaType],
  check(table, report) {
    const own =
      table.type === tableReplicaType
        ? table.known("pointInTimeRecovery")
        : table.known("pointInTimeRecovery", "enabled");
    if (!mayBe(own, true)) {
      report("has no point-in-time recovery");
    }
    for (const replica of table.blocks("replicas")) {
      if (!mayBe(replica.known("pointInTimeRecovery"), true)) {
        report(`has no point-in-time recovery in ${textOf(replica.declared("regionName"))}`);
      }
    }
  },
});
