import assert from "node:assert/strict";
import type { RunOptions } from "../../engine/run-program";
import { runSource } from "./run-source";

/** Runs a program with a stash of the input. */
async function stash(input: string, options: Partial<RunOptions> = {}) {
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    const stash = new pulumi.Stash("stash", ${input});
    export const { id, output } = stash;
  `;
  return await runSource({ "index.ts": program }, options);
}

describe("A stash", function () {
  this.timeout(60_000);

  it("gives back what it is given, and keeps it secret", async () => {
    const input = '{ input: { size: 1, key: pulumi.secret("hush") } }';
    const { result, messages } = await stash(input);
    assert.deepEqual(messages, []);
    assert.match(String(result?.outputs.id), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.deepEqual(result?.outputs.output, { size: 1, key: "hush" });
    assert.deepEqual(result.secretOutputs, ["output"]);
  });

  it("has its output, and no id yet, in a preview", async () => {
    const { result } = await stash('{ input: "x" }', { dryRun: true });
    assert.equal(result?.outputs.output, "x");
    assert.notEqual(typeof result.outputs.id, "string");
  });

  it("is refused without an input", async () => {
    const { error, messages } = await stash("{} as never");
    assert.equal(error?.name, "RunFailed");
    assert.equal(messages[0], 'error: missing required property "input"');
  });
});
