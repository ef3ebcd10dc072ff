import assert from "node:assert/strict";
import { mock } from "node:test";
import { Hindered, untilUnhindered } from "../../../handlers/aws/contention";

describe("untilUnhindered", () => {
  afterEach(() => {
    mock.restoreAll();
  });

  /** Is hindered so many times first. */
  function hindered(times: number) {
    let made = 0;
    const attempt = () => {
      made++;
      const isHindered = made <= times;
      return Promise.resolve(
        isHindered ? new Hindered(new Error(`hindered ${made}`)) : `done ${made}`,
      );
    };
    return { attempt, made: () => made };
  }

  it("returns what comes of the first attempt that is not hindered", async () => {
    mock.method(Math, "random", () => 0);
    for (const times of [0, 1, 11]) {
      const { attempt, made } = hindered(times);
      assert.equal(await untilUnhindered(attempt), `done ${times + 1}`);
      assert.equal(made(), times + 1);
    }
  });

  it("gives up after twelve attempts, with the error of the last one", async () => {
    mock.method(Math, "random", () => 0);
    const { attempt, made } = hindered(12);
    await assert.rejects(untilUnhindered(attempt), new Error("hindered 12"));
    assert.equal(made(), 12);
  });

  it("makes no further attempt after one that fails", async () => {
    let made = 0;
    const attempt = () => Promise.reject(new Error(`failure ${++made}`));
    await assert.rejects(untilUnhindered(attempt), new Error("failure 1"));
    assert.equal(made, 1);
  });
});
