import assert from "node:assert/strict";
import { measuredBy } from "../../bench/support/measured-by";

describe("measuredBy", () => {
  const { signal } = new AbortController();

  it("takes what a script writes to stderr, whatever it logs meanwhile", async () => {
    const script = `console.log("x".repeat(2 ** 21)); console.error(JSON.stringify({ ms: 1.5 }));`;
    assert.deepEqual(await measuredBy(["--eval", script], { signal }), { ms: 1.5 });
  });

  it("runs it where it is told, with the variables that it is given, and no others", async () => {
    const script = `console.error(JSON.stringify([process.cwd(), Object.keys(process.env)]))`;
    const options = { cwd: __dirname, env: { MADE_UP: "yes", NOT_SET: undefined }, signal };
    assert.deepEqual(await measuredBy(["--eval", script], options), [__dirname, ["MADE_UP"]]);
  });

  it("tells why a script fails", async () => {
    const script = `throw new Error("for no reason")`;
    await assert.rejects(measuredBy(["--eval", script], { signal }), { stderr: /for no reason/ });
  });

  it("ends a script whose section is interrupted", async () => {
    const controller = new AbortController();
    const args = ["--eval", "setInterval(() => undefined, 1000)"];
    const measuring = measuredBy(args, { signal: controller.signal });
    controller.abort();
    await assert.rejects(measuring, { name: "AbortError" });
  });
});
