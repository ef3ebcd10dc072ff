import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchGetItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { Engine } from "../../../aws/dynamodb/engine";
import { account, images, LocalDynamoDb } from "./support/local-dynamodb";

describe("expressions of DynamoDB", () => {
  let dir: string;
  let engine: Engine;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "expressions-"));
    const options = { region: account.region, clock: () => new Date() };
    engine = new Engine(join(dir, "tables"), options);
    await engine.open();
  });
  after(async () => {
    await engine.close();
    await rm(dir, { recursive: true });
  });

  const check = (FilterExpression: string) => {
    engine.check("Scan", { TableName: "images", FilterExpression });
  };
  const invalid = (message: string) => ({ code: "ValidationException", message });

  // Without what it remembers, the parser would take years for each.
  const nested: Readonly<Record<string, string>> = {
    "on the right": `${"a < b OR (".repeat(100)}a < b${")".repeat(100)}`,
    "on the left": `${"(".repeat(100)}a < b${" AND a < b)".repeat(100)}`,
    "behind NOT": `${"NOT (a < b OR ".repeat(100)}a < b${")".repeat(100)}`,
    "with functions": `${"(size(a) < size(b) AND ".repeat(40)}contains(a, b)${")".repeat(40)}`,
  };
  for (const [where, expression] of Object.entries(nested)) {
    it(`may be nested ${where}`, () => {
      check(expression);
    });
  }

  it("of one parenthesis too many, or too few, are no expressions however many there are", () => {
    const many = "(".repeat(40);
    assert.throws(() => {
      check(`${many}a < b${")".repeat(40)}`);
    }, invalid("Invalid FilterExpression: The expression has redundant parentheses;"));
    assert.throws(
      () => {
        check(`${many}a < b${")".repeat(39)}`);
      },
      { code: "ValidationException", message: /^Invalid FilterExpression: Syntax error;/ },
    );
    assert.throws(() => {
      check("(".repeat(4096));
    }, invalid("Invalid FilterExpression: The expression is nested too deeply"));
  });

  describe("of callers", () => {
    const { TableName } = images;
    let local: LocalDynamoDb;

    before(async () => {
      local = await LocalDynamoDb.start();
      await local.dynamodb.createTable(images);
    });
    after(() => local.stop());

    it("have 4 KB at most, wherever they are", async () => {
      const condition = "attribute_exists(id)".padEnd(4096);
      const Item = { id: { S: "1" } };
      await local.client.send(new ScanCommand({ TableName, FilterExpression: condition }));
      const refusal = (name: string) => ({
        name: "ValidationException",
        message: `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: 4097`,
      });
      const long = `${condition} `;
      await assert.rejects(
        local.client.send(new ScanCommand({ TableName, FilterExpression: long })),
        refusal("FilterExpression"),
      );
      const Put = { TableName, Item, ConditionExpression: long };
      await assert.rejects(
        local.client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] })),
        refusal("ConditionExpression"),
      );
      const RequestItems = {
        [TableName]: { Keys: [Item], ProjectionExpression: "id".padEnd(4097) },
      };
      await assert.rejects(
        local.client.send(new BatchGetItemCommand({ RequestItems })),
        refusal("ProjectionExpression"),
      );
    });
  });
});
