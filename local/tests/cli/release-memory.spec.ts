import assert from "node:assert/strict";

import { releaseMemory } from "../../cli/release-memory";

describe("releaseMemory", () => {
  it("frees what nobody holds any more, and shows programs no garbage collector", async () => {
    const unheld = new WeakRef({});
    // What a WeakRef was asked for lives until the end of the turn.
    await new Promise(setImmediate);
    releaseMemory();
    assert.equal(unheld.deref(), undefined);
    assert.equal("gc" in globalThis, false);
  });
});
