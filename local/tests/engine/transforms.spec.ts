import assert from "node:assert/strict";
import type { ProgramResult } from "../../engine/run-program";
import type { FakeProvider } from "./fake-provider";
import { startFixture } from "./run-fixture";

describe("Transforms", () => {
  let result: ProgramResult;
  let provider: FakeProvider;

  before(async () => {
    const run = await startFixture("transforms");
    ({ provider } = run);
    result = await run.result;
  });

  it("apply a resource's own first, then its parents' from near to far, then the stack's", () => {
    assert.equal(provider.inputsOf("thing")?.marks, "TIOS");
  });

  it("keep secrets secret", () => {
    const thing = result.resources.find(({ name }) => name === "thing");
    assert.equal(provider.inputsOf("thing")?.secret, "x");
    assert.match(JSON.stringify(thing?.inputs.secret), /1b4706/);
  });

  it("change options", () => {
    const protectedNames = result.resources.filter(({ options }) => options.protect);
    assert.deepEqual(
      protectedNames.map(({ name }) => name),
      ["outer", "inner", "thing"],
    );
  });

  it("of the older kind, which run in the program, apply too", () => {
    assert.equal(provider.inputsOf("thing")?.transformation, true);
  });

  it("change the arguments of function calls", () => {
    assert.deepEqual(result.outputs.answer, { args: { given: true, added: "by a transform" } });
  });
});
