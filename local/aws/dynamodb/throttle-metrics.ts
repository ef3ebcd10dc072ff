import type { MetricSink } from "../types";
import type { Access } from "./access";

/** Operations that write; all others on items read. */
const writes = new Set([
  "BatchWriteItem",
  "DeleteItem",
  "PutItem",
  "TransactWriteItems",
  "UpdateItem",
]);

/**
 * Publishes that a request was throttled: by table and operation, and by what it would have read or
 * written, where an index counts by itself. Nothing is published of requests that were not.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function publishThrottles(
  metrics: MetricSink,
  operation: string,
  accesses: readonly Access[],
): void {
  const put = (name: string, dimensions: Record<string, string>) => {
    metrics.put({ namespace: "AWS/DynamoDB", name, dimensions, value: 1, unit: "Count" });
  };
  const kind = writes.has(operation) ? "Write" : "Read";
  for (const { tableName: TableName, indexName } of accesses) {
    if (TableName !== undefined) {
      const index = indexName !== undefined && { GlobalSecondaryIndexName: indexName };
      put(`${kind}ThrottleEvents`, { TableName, ...index });
    }
  }
  for (const TableName of new Set(accesses.flatMap(({ tableName }) => tableName ?? []))) {
    put("ThrottledRequests", { TableName, Operation: operation });
  }
}
