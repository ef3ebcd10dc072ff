import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { tableType } from "../lib/types";
import { mayBe } from "../lib/values";

export const dynamodbTableRequirePointInTimeRecovery = resourceRule({
  name: "dynamodb-table-require-point-in-time-recovery",
  description: "DynamoDB tables can be restored to any second of the last days.",
  severity: "medium",
  topic: "dynamodb",
  references: [fsbp("DynamoDB.2")],
  remediationSteps: "Set pointInTimeRecovery.enabled to true.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  types: [tableType],
  check(table, report) {
    if (!mayBe(table.known("pointInTimeRecovery", "enabled"), true)) {
      report("has no point-in-time recovery");
    }
  },
});
