import assert from "node:assert/strict";
import { Kept } from "../../../handlers/aws/kept";

const refreshAfterMs = 300;
const retryAfterMs = 30;
const pauseMs = 10;

describe("Kept", () => {
  let now: number;
  let warnings: unknown[][];
  /** What is read next: a number, or why it cannot be. */
  let source: number | Error;
  let readings: number;

  beforeEach(() => {
    now = 0;
    warnings = [];
    source = 1;
    readings = 0;
  });

  function kept(pause?: number): Kept<number> {
    return new Kept(
      {
        what: "the number",
        read: async () => {
          readings += 1;
          const found = await Promise.resolve(source);
          if (found instanceof Error) {
            throw found;
          }
          return found;
        },
        refreshAfterMs,
        retryAfterMs,
        ...(pause !== undefined && { pauseMs: pause }),
      },
      { warn: (...line: unknown[]) => void warnings.push(line) },
      () => now,
    );
  }

  describe("current", () => {
    it("reads once for all that ask until it is time to read again", async () => {
      const number = kept();
      assert.deepEqual(await Promise.all([number.current(), number.current()]), [1, 1]);
      source = 2;
      now = refreshAfterMs - 1;
      assert.equal(await number.current(), 1);
      assert.equal(readings, 1);
      now = refreshAfterMs;
      assert.deepEqual(await Promise.all([number.current(), number.current()]), [2, 2]);
      assert.equal(readings, 2);
    });

    it("keeps what cannot be read again, says so, and tries again later", async () => {
      const number = kept();
      await number.current();
      source = new Error("down");
      now = refreshAfterMs;
      assert.equal(await number.current(), 1);
      assert.deepEqual(warnings, [["the number could not be read again", source]]);
      now += retryAfterMs - 1;
      assert.equal(await number.current(), 1);
      assert.equal(readings, 2);
      source = 2;
      now += 1;
      assert.equal(await number.current(), 2);
    });

    it("fails where nothing has ever been read, and tries again at the next request", async () => {
      const number = kept();
      source = new Error("down");
      await assert.rejects(number.current(), source);
      source = 2;
      assert.equal(await number.current(), 2);
      assert.deepEqual(warnings, []);
    });

    it("fails again without reading within a pause", async () => {
      const number = kept(pauseMs);
      const error = new Error("down");
      source = error;
      await assert.rejects(number.current(), error);
      source = 2;
      now = pauseMs - 1;
      await assert.rejects(number.current(), error);
      assert.equal(readings, 1);
      now = pauseMs;
      assert.equal(await number.current(), 2);
    });
  });

  describe("renewed", () => {
    it("reads before it is time, but not within a pause, and once for all that ask", async () => {
      const number = kept(pauseMs);
      await number.current();
      source = 2;
      now = pauseMs - 1;
      assert.equal(await number.renewed(), 1);
      assert.equal(readings, 1);
      now = pauseMs;
      assert.deepEqual(await Promise.all([number.renewed(), number.renewed()]), [2, 2]);
      assert.equal(readings, 2);
      now = pauseMs + refreshAfterMs - 1;
      assert.equal(await number.current(), 2);
      assert.equal(readings, 2);
    });

    it("fails where the last reading did, while what was read before goes on to be used", async () => {
      const number = kept(pauseMs);
      await number.current();
      const error = new Error("down");
      source = error;
      now = pauseMs;
      await assert.rejects(number.renewed(), error);
      source = 2;
      now += pauseMs - 1;
      await assert.rejects(number.renewed(), error);
      assert.equal(await number.current(), 1);
      assert.equal(readings, 2);
      now += 1;
      assert.equal(await number.renewed(), 2);
    });
  });
});
