import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Engine } from "../../../aws/dynamodb/engine";
import { RequestTokens } from "../../../aws/dynamodb/request-tokens";

describe("RequestTokens", () => {
  let folder: string;
  let engine: Engine;
  let tokens: RequestTokens;
  let now: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tokens-"));
    engine = new Engine(folder, { region: "eu-west-1", clock: () => new Date(now) });
    now = Date.parse("2026-03-01T12:00:00Z");
    tokens = new RequestTokens(engine.store, () => new Date(now));
  });

  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true });
  });

  async function effects(token: string, item: object): Promise<number> {
    let count = 0;
    const TransactItems = [{ Put: { TableName: "images", ...item } }];
    await tokens.once({ ClientRequestToken: token, TransactItems }, async (operations) => {
      count++;
      await engine.store.db.batch(operations);
    });
    return count;
  }

  it("takes requests for the same whose members are in another order", async () => {
    assert.equal(await effects("1", { Item: { id: { S: "1" }, size: { N: "2" } } }), 1);
    assert.equal(await effects("1", { Item: { size: { N: "2" }, id: { S: "1" } } }), 0);
  });

  it("keeps no token for longer than ten minutes", async () => {
    await effects("1", {});
    now += 60_000;
    await effects("~", {});
    now += 9 * 60_000;
    await tokens.sweep();
    const keys: string[] = [];
    for await (const [key] of engine.store.db.iterator({ gte: "", lt: "\u{10ffff}" })) {
      keys.push(key);
    }
    assert.deepEqual(keys, ["token~~"]);
    assert.equal(await effects("~", {}), 0);
  });
});
