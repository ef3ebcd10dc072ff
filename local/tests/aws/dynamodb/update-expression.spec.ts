import assert from "node:assert/strict";

import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

describe("DynamoDB's updates", () => {
  let local: LocalDynamoDb;
  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
  });
  after(() => local.stop());

  /** What an update makes of `x`. */
  async function updated(
    x: AttributeValue,
    UpdateExpression: string,
    ExpressionAttributeValues?: Record<string, AttributeValue>,
  ): Promise<AttributeValue | undefined> {
    const TableName = "images";
    await local.client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" }, x } }));
    const { Attributes } = await local.client.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: "a" } },
        UpdateExpression,
        ExpressionAttributeValues,
        ReturnValues: "ALL_NEW",
      }),
    );
    return Attributes?.x;
  }

  const list = (...texts: string[]): AttributeValue => ({ L: texts.map((S) => ({ S })) });
  const letters = list("a", "b", "c", "d");
  const v = { ":v": { S: "V" } };

  for (const [expression, values, expected] of [
    ["REMOVE x[1], x[2]", undefined, list("a", "d")],
    ["REMOVE x[0], x[1]", undefined, list("c", "d")],
    ["REMOVE x[2], x[0]", undefined, list("b", "d")],
    ["REMOVE x[0] SET x[1] = :v", v, list("V", "c", "d")],
    ["SET x[3] = :v REMOVE x[0], x[1]", v, list("c", "V")],
    ["SET x[9] = :v REMOVE x[0]", v, list("b", "c", "d", "V")],
    ["SET x[0] = x[1], x[1] = x[0]", undefined, list("b", "a", "c", "d")],
  ] as const) {
    it(`count places in lists as they were before: ${expression}`, async () => {
      assert.deepEqual(await updated(letters, expression, values), expected);
    });
  }

  it("count places in lists within lists as they were before", async () => {
    const nested = { L: [list("a", "b"), list("c", "d", "e")] };

    assert.deepEqual(await updated(nested, "REMOVE x[0], x[1][0], x[1][1]"), {
      L: [list("e")],
    });
  });

  const overflow =
    "Number overflow. Attempting to store a number with magnitude larger than supported range";
  const underflow =
    "Number underflow. Attempting to store a number with magnitude smaller than supported range";

  for (const expression of ["ADD x :v", "SET x = x + :v"]) {
    for (const [one, other, sum] of [
      ["0.1", "0.2", "0.3"],
      ["99999999999999999999999999999999999999", "1", "100000000000000000000000000000000000000"],
      ["9e125", "9e124", `99${"0".repeat(124)}`],
      ["-1.5", "1.5", "0"],
    ] as const) {
      it(`compute exactly: ${one} and ${other} by ${expression}`, async () => {
        assert.deepEqual(await updated({ N: one }, expression, { ":v": { N: other } }), { N: sum });
      });
    }

    for (const [one, other, message] of [
      ["9e125", "9e125", overflow],
      ["1e50", "1", overflow],
      ["1e-100", "1", overflow],
      ["1.5e-130", "-1e-130", underflow],
    ] as const) {
      it(`store no number beyond the limits: ${one} and ${other} by ${expression}`, async () => {
        await assert.rejects(updated({ N: one }, expression, { ":v": { N: other } }), {
          name: "ValidationException",
          message,
        });
      });
    }
  }

  it("subtract within the limits, too", async () => {
    await assert.rejects(updated({ N: "1e50" }, "SET x = x - :v", { ":v": { N: "1" } }), {
      name: "ValidationException",
      message: overflow,
    });
  });

  for (const UpdateExpression of ["REMOVE x", "REMOVE x.y, z[0]", "DELETE x :set"]) {
    for (const ReturnValues of ["ALL_NEW", "UPDATED_NEW", "NONE"] as const) {
      it(`make no item of none: ${UpdateExpression} with ${ReturnValues}`, async () => {
        const there = { TableName: "images", Key: { id: { S: "none" } } };
        const { $metadata, ...output } = await local.client.send(
          new UpdateItemCommand({
            ...there,
            UpdateExpression,
            ReturnValues,
            ...(UpdateExpression.includes(":") && {
              ExpressionAttributeValues: { ":set": { SS: ["a"] } },
            }),
          }),
        );
        assert.equal($metadata.httpStatusCode, 200);
        assert.deepEqual(output, {});
        const { Item } = await local.client.send(new GetItemCommand(there));
        assert.equal(Item, undefined);
      });
    }
  }

  for (const ReturnValues of ["UPDATED_NEW", "UPDATED_OLD"] as const) {
    it(`tell nothing of what was not there: ${ReturnValues}`, async () => {
      const there = { TableName: "images", Key: { id: { S: "a" } } };
      await local.client.send(new PutItemCommand({ TableName: "images", Item: there.Key }));
      const { Attributes } = await local.client.send(
        new UpdateItemCommand({ ...there, UpdateExpression: "REMOVE x", ReturnValues }),
      );
      assert.equal(Attributes, undefined);
    });
  }
});
