import assert from "node:assert/strict";
import Mocha from "mocha";
import { until } from "./processes";

describe("until", () => {
  it("waits no more once the test that waits has timed out", async () => {
    let waiting: Promise<void> | undefined;
    const test = new Mocha.Test("waits in vain", () => (waiting = until(() => false)));
    test.timeout(20);
    const error = await new Promise((resolve) => {
      test.run(resolve);
    });
    assert.match(String(error), /Timeout of 20ms exceeded/);
    await assert.rejects(waiting ?? Promise.resolve(), /timed out/);
  });
});
