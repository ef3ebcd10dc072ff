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
    "behind NOT": `${"NOT (a < b OR ".repeat(99)}a < b${")".repeat(99)}`,
    "with functions": `${"(size(a) < size(b) AND ".repeat(40)}contains(a, b)${")".repeat(40)}`,
  };
  for (const [where, expression] of Object.entries(nested)) {
    it(`may be nested ${where}`, () => {
      check(expression);
    });
  }

  it("may be negated again and again", () => {
    check("NOT NOT NOT NOT a < b");
    check("not Not (a < b OR NOT not a = b)");
  });

  it("have 300 operators at most, of which functions are none", () => {
    const tooMany = (name: string) =>
      invalid(`Invalid ${name}: The expression contains too many operators; operator count: 301`);
    const most = `${"a < b OR (".repeat(149)}NOT a < b${")".repeat(149)}`;
    check(most);
    assert.throws(() => {
      check(`NOT ${most.replace("NOT ", "NOT NOT ")}`);
    }, tooMany("FilterExpression"));
    check(Array.from({ length: 151 }, () => "attribute_exists(a)").join(" AND "));
    const increases = (count: number) =>
      `SET ${Array.from({ length: count }, (_, index) => `a${index}=b+c`).join(",")}`;
    const update = (UpdateExpression: string) => {
      engine.check("UpdateItem", { TableName: "images", Key: {}, UpdateExpression });
    };
    update(increases(300));
    assert.throws(() => {
      update(increases(301));
    }, tooMany("UpdateExpression"));
  });

  it("append to lists what is in the item, or given", () => {
    const update = (UpdateExpression: string) => {
      engine.check("UpdateItem", { TableName: "images", Key: {}, UpdateExpression });
    };
    update("SET a = list_append(if_not_exists(a, b), if_not_exists(c, d))");
    assert.throws(() => {
      update("SET a = list_append(list_append(a, b), c)");
    }, invalid("Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append"));
  });

  it("of conditions have no functions of updates", () => {
    assert.throws(() => {
      check("if_not_exists(a, b) = c");
    }, invalid("Invalid FilterExpression: The function is not allowed in a condition expression; function: if_not_exists"));
    assert.throws(
      () => {
        check("size(list_append(a, b)) > c");
      },
      { code: "ValidationException", message: /: list_append$/ },
    );
    assert.throws(() => {
      check("length(a) = b");
    }, invalid("Invalid FilterExpression: Invalid function name; function: length"));
  });

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
