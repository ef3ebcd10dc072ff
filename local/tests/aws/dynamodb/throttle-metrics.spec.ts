import assert from "node:assert/strict";
import { publishThrottles } from "../../../aws/dynamodb/throttle-metrics";
import type { MetricDatum } from "../../../aws/types";

/** What is published of a throttled request on tables and their indexes. */
function published(operation: string, ...targets: { tableName?: string; indexName?: string }[]) {
  const data: MetricDatum[] = [];
  const accesses = targets.map((target) => ({ action: operation, context: {}, ...target }));
  publishThrottles({ put: (datum) => data.push(datum) }, operation, accesses);
  assert.ok(data.every(({ namespace, value }) => namespace === "AWS/DynamoDB" && value === 1));
  return data.map(({ name, dimensions }) => [name, dimensions]);
}

describe("publishThrottles", () => {
  const TableName = "images";

  it("counts a write by its table, and the request by its operation", () => {
    assert.deepEqual(published("PutItem", { tableName: TableName }), [
      ["WriteThrottleEvents", { TableName }],
      ["ThrottledRequests", { TableName, Operation: "PutItem" }],
    ]);
  });

  it("counts a read of an index by the index, not by its table", () => {
    assert.deepEqual(published("Query", { tableName: TableName, indexName: "UserIndex" }), [
      ["ReadThrottleEvents", { TableName, GlobalSecondaryIndexName: "UserIndex" }],
      ["ThrottledRequests", { TableName, Operation: "Query" }],
    ]);
  });

  it("counts each item of a transaction, and the request once for each table", () => {
    const targets = [{ tableName: TableName }, { tableName: TableName }, { tableName: "tags" }];
    assert.deepEqual(published("TransactWriteItems", ...targets), [
      ["WriteThrottleEvents", { TableName }],
      ["WriteThrottleEvents", { TableName }],
      ["WriteThrottleEvents", { TableName: "tags" }],
      ["ThrottledRequests", { TableName, Operation: "TransactWriteItems" }],
      ["ThrottledRequests", { TableName: "tags", Operation: "TransactWriteItems" }],
    ]);
  });

  it("counts nothing of a request on no table", () => {
    assert.deepEqual(published("ListTables", {}), []);
  });
});
