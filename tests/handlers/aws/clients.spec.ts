import assert from "node:assert/strict";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDb } from "../../../handlers/aws/clients";
import { NextFaults } from "../../support/next-faults";
import { idempotencyTable, useDynamoDb } from "../dynamodb";
import { useSdkSettings } from "../support";

describe("the client for items", () => {
  useSdkSettings();
  const local = useDynamoDb(idempotencyTable);
  const item = { TableName: idempotencyTable.TableName, Key: { id: "one" } };

  function count() {
    const one = { ":one": 1 };
    const update = { ...item, UpdateExpression: "ADD n :one", ExpressionAttributeValues: one };
    return createDynamoDb().send(new UpdateCommand(update));
  }

  async function counted(): Promise<unknown> {
    return (await createDynamoDb().send(new GetCommand(item))).Item?.n;
  }

  function inConflict(times: number): void {
    const faults = new NextFaults();
    faults.add("UpdateItem", "conflict", times);
    local().faults = faults;
  }

  it("repeats a write that a transaction is in the way of", async () => {
    inConflict(2);
    await count();
    assert.equal(await counted(), 1);
  });

  it("gives up when one is in the way each time", async () => {
    inConflict(3);
    await assert.rejects(count(), { name: "TransactionConflictException" });
    assert.equal(await counted(), undefined);
  });
});
