import { resourceRule } from "../lib/rule";
import { tableType } from "../lib/types";
import { mayBe } from "../lib/values";

/**
 * Without the setting DynamoDB uses a key that AWS owns: its use is not logged in the account, and
 * nobody there can revoke it.
 */
export const dynamodbTableRequireEncryption = resourceRule({
  name: "dynamodb-table-require-encryption",
  description: "DynamoDB tables are encrypted with a KMS key of the account.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps: "Set serverSideEncryption.enabled to true.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
  types: [tableType],
  check(table, report) {
    if (!mayBe(table.known("serverSideEncryption", "enabled"), true)) {
      report("is encrypted with a key that is not in the account");
    }
  },
});
