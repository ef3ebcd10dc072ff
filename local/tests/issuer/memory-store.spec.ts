import assert from "node:assert/strict";

import { MemoryStore } from "../../issuer/memory-store";

describe("MemoryStore", () => {
  it("keeps the entries of each kind apart", async () => {
    const store = new MemoryStore();
    await store.adapter("Session").upsert("1", { uid: "u" }, 60);
    await store.adapter("Grant").upsert("1", { accountId: "ada" }, 60);
    assert.deepEqual(await store.adapter("Session").find("1"), { uid: "u" });
    assert.deepEqual(await store.adapter("Session").findByUid("u"), { uid: "u" });
    assert.deepEqual(await store.adapter("Grant").find("1"), { accountId: "ada" });
    assert.equal(await store.adapter("Grant").findByUid("u"), undefined);
    await store.adapter("Grant").destroy("1");
    assert.equal(await store.adapter("Grant").find("1"), undefined);
  });

  it("has nothing any more of what has expired", async () => {
    const sessions = new MemoryStore().adapter("Session");
    await sessions.upsert("1", { uid: "u" }, 0);
    await sessions.upsert("2", { uid: "v" });
    assert.equal(await sessions.find("1"), undefined);
    assert.equal(await sessions.findByUid("u"), undefined);
    assert.deepEqual(await sessions.find("2"), { uid: "v" });
  });

  it("marks what was used", async () => {
    const codes = new MemoryStore().adapter("AuthorizationCode");
    const before = Math.floor(Date.now() / 1000);
    await codes.upsert("1", { grantId: "g" }, 60);
    await codes.consume("1");
    await codes.consume("none");
    const found = await codes.find("1");
    assert.ok(found && Number(found.consumed) >= before);
  });

  it("takes back all of a grant", async () => {
    const store = new MemoryStore();
    const codes = store.adapter("AuthorizationCode");
    const tokens = store.adapter("AccessToken");
    await codes.upsert("1", { grantId: "g" }, 60);
    await tokens.upsert("2", { grantId: "g" }, 60);
    await tokens.upsert("3", { grantId: "h" }, 60);
    await codes.revokeByGrantId("g");
    assert.equal(await codes.find("1"), undefined);
    assert.equal(await tokens.find("2"), undefined);
    assert.deepEqual(await tokens.find("3"), { grantId: "h" });
  });
});
