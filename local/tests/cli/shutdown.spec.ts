import assert from "node:assert/strict";
import { Shutdown } from "../../cli/shutdown";

describe("Shutdown", () => {
  it("takes all steps in reverse order, and then says which failed", async () => {
    const shutdown = new Shutdown();
    const taken: string[] = [];
    const failure = new Error("second");
    shutdown.add(() => Promise.resolve(taken.push("first")).then(() => undefined));
    shutdown.add(() => Promise.reject(failure));
    shutdown.add(() => Promise.resolve(taken.push("third")).then(() => undefined));
    await assert.rejects(shutdown.run(), { errors: [failure] });
    assert.deepEqual(taken, ["third", "first"]);
  });
});
