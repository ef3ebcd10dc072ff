import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine } from "../../../aws/dynamodb/engine";
import { account } from "./support/local-dynamodb";

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

  it("have 4 KB at most", () => {
    const long = `${"a < b OR ".repeat(454)}a < b`;
    check(long.padEnd(4096));
    assert.throws(() => {
      check(long.padEnd(4097));
    }, invalid("Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097"));
  });
});
