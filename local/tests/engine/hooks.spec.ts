import assert from "node:assert/strict";
import { told, useHookedStack } from "./hooked-stack";

const urn = "urn:pulumi:dev::source::test:index/thing:Thing::one";
const type = "test:index/thing:Thing";

describe("A hook that fails", function () {
  this.timeout(120_000);
  const stack = useHookedStack();

  it("before a creation fails the run: neither later hooks nor the provider nor what follows run", async () => {
    const { calls, messages, error } = await stack().run(`
      const one = new Thing("one", {}, { hooks: { beforeCreate: [hook("a"), failing("b"), hook("c")] } });
      new Thing("two", { of: one.arn });`);
    assert.equal(error?.name, "RunFailed");
    assert.deepEqual(messages, ['error: before hook "b" failed: no b']);
    assert.deepEqual(calls, ["a", "b"]);
  });

  it("after a creation fails the run, and the resource is there the next time", async () => {
    const source = `const one = new Thing("one", {}, { hooks: { afterCreate: [failing("b")] } });
      new Thing("two", { of: one.arn }, { hooks: { beforeCreate: [hook("of two")] } });`;
    const failed = await stack().run(source);
    assert.equal(failed.error?.name, "RunFailed");
    assert.deepEqual(failed.messages, ['error: after hook "b" failed: no b']);
    assert.deepEqual(failed.calls, ["create one", "b"]);
    const next = await stack().run(source);
    assert.equal(next.error, undefined);
    assert.deepEqual(next.calls, ["create one", "of two", "create two"]);
  });

  it("before or after an update fails the run, which tries it again or not", async () => {
    const source = (size: number, moment: string) =>
      `new Thing("one", { size: ${size} }, { hooks: { ${moment}: [failing("b")] } });`;
    await stack().run(source(1, "beforeUpdate"));
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { messages, calls } = await stack().run(source(2, "beforeUpdate"));
      assert.deepEqual(messages, ['error: before hook "b" failed: no b']);
      assert.deepEqual(calls, ["b"]);
    }
    const { messages, calls } = await stack().run(source(2, "afterUpdate"));
    assert.deepEqual(messages, ['error: after hook "b" failed: no b']);
    assert.deepEqual(calls, ["create one", "b"]);
    assert.deepEqual((await stack().run(source(2, "afterUpdate"))).calls, ["create one"]);
  });

  it("before or after a deletion fails the run, which tries it again or not", async () => {
    await stack().run(`new Thing("one", {}, { hooks: each(hook) });`);
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { messages, calls } = await stack().run(`each(failing);`);
      assert.deepEqual(messages, ['error: before hook "beforeDelete" failed: no beforeDelete']);
      assert.deepEqual(calls, ["beforeDelete"]);
    }
    const { messages, calls } = await stack().run(`hook("beforeDelete"); failing("afterDelete");`);
    assert.deepEqual(messages, ['error: after hook "afterDelete" failed: no afterDelete']);
    assert.deepEqual(calls, ["beforeDelete", "afterDelete"]);
    assert.deepEqual((await stack().run("")).calls, []);
  });

  it("of a component fails the run by its name", async () => {
    for (const [moment, order] of [
      ["beforeCreate", "before"],
      ["afterCreate", "after"],
    ]) {
      const { messages } = await stack().run(
        `new Group("${order}", {}, { hooks: { ${moment}: [failing("b")] } });`,
      );
      assert.deepEqual(messages, [`error: ${order} hook "b" failed: no b`]);
    }
  });

  it("is a warning where its errors are to be ignored", async () => {
    const { calls, messages, error } = await stack().run(`
      const options = { ignoreErrors: true };
      new Thing("one", {}, { hooks: {
        beforeCreate: [failing("a", options), hook("b")], afterCreate: [failing("c", options), hook("d")] } });`);
    assert.equal(error, undefined);
    assert.deepEqual(messages, [
      'warning: BeforeCreate hook "a" failed: no a',
      'warning: AfterCreate hook "c" failed: no c',
    ]);
    assert.deepEqual(calls, ["a", "b", "create one", "c", "d"]);
  });

  it("is refused with the name of another, of either kind, or none", async () => {
    const { calls } = await stack().run(`
      const refusal = ({ __registered }: any) => __registered.catch((error: Error) => note(error.message));
      await Promise.all([hook("x"), onError("y", () => true)].map(({ __registered }: any) => __registered));
      await refusal(hook("x"));
      await refusal(hook("y"));
      await refusal(onError("x", () => true));
      await refusal(onError("y", () => true));
      await refusal(hook(""));
      await refusal(onError("", () => true));`);
    const taken = (name: string) =>
      `2 UNKNOWN: resource hook already registered for name "${name}"`;
    const nameless = "2 UNKNOWN: resource hook name cannot be empty";
    assert.deepEqual(calls, [
      ...[taken("x"), taken("y"), taken("x"), taken("y")],
      ...[nameless, nameless],
    ]);
  });
});

describe("An error hook", function () {
  this.timeout(120_000);
  const stack = useHookedStack();

  it("has a creation tried again, and is told its errors, the latest first", async () => {
    const { calls, messages, error } = await stack().run(`
      new Thing("one", { failures: 2 }, { hooks: {
        onError: [onError("a", () => true), onError("b", () => false)],
        beforeCreate: [hook("before")], afterCreate: [hook("after")] } });`);
    assert.equal(error, undefined);
    const subject = { urn, id: "", name: "one", type, newInputs: { failures: 2 } };
    const asked = (errors: string) => {
      const args = { ...subject, failedOperation: "create", errors };
      return [told("a", args), told("b", args)];
    };
    assert.deepEqual(calls, [
      ...["before", "create one", ...asked("failure 1")],
      ...["create one", ...asked("failure 2, failure 1"), "create one", "after"],
    ]);
    assert.deepEqual(messages, [
      "warning: retrying create due to on-error hook request (1/100)",
      "warning: retrying create due to on-error hook request (2/100)",
    ]);
  });

  it("has an update tried again, and is told the old and the new", async () => {
    const source = (failures: number) => `new Thing("one", { failures: ${failures} },
      { hooks: { onError: [onError("a", () => true)], afterUpdate: [hook("after")] } });`;
    await stack().run(source(0));
    const { calls } = await stack().run(source(1));
    const args = {
      ...{ urn, id: "id-one", name: "one", type, failedOperation: "update", errors: "failure 1" },
      newInputs: { failures: 1 },
      oldInputs: { failures: 0 },
      oldOutputs: { failures: 0, size: 7, arn: "arn:one", token: { secret: "t0ken" } },
    };
    assert.deepEqual(calls, ["create one", told("a", args), "create one", "after"]);
  });

  it("lets the failure stand when it does not ask for another attempt", async () => {
    const { messages, calls } = await stack().run(
      `new Thing("one", { failures: 1 }, { hooks: { onError: [onError("a", () => false)] } });`,
    );
    assert.deepEqual(messages, [`error: creating ${urn}: failure 1`]);
    assert.equal(calls.length, 2);
  });

  it("is asked a hundred times at most", async () => {
    const { messages, calls } = await stack().run(`new Thing("one", { failures: 1000 }, {
      hooks: { onError: [new pulumi.ErrorHook("a", () => true)] } });`);
    assert.deepEqual(calls, Array<string>(100).fill("create one"));
    assert.deepEqual(messages.slice(-3), [
      "warning: retrying create due to on-error hook request (99/100)",
      "warning: maximum number of error hook retries (100) reached",
      "error: maximum number of error hook retries reached",
    ]);
  });

  it("fails the run when it fails itself", async () => {
    const { messages } = await stack().run(`new Thing("one", { failures: 1 }, {
      hooks: { onError: [onError("a", () => { throw new Error("no idea"); })] } });`);
    assert.deepEqual(messages, [
      'error: error hooks execution failed: error hook "a" failed: no idea',
    ]);
  });

  it("is not asked while a resource stays as it is", async () => {
    const source = `new Thing("one", { failures: 1 }, { hooks: { onError: [onError("a", () => true)] } });`;
    assert.equal((await stack().run(source)).error, undefined);
    const { calls, messages } = await stack().run(source);
    assert.deepEqual(calls, ["create one"]);
    assert.deepEqual(messages, [`error: creating ${urn}: failure 1`]);
  });
});

for (const [what, dryRun] of [
  ["in a preview", true],
  ["as if deployed", false],
] as const) {
  describe(`The hooks of a program that is only judged, ${what}`, function () {
    this.timeout(120_000);
    const stack = useHookedStack();

    const judge = (source: string) => stack().run(source, { dryRun, judgeOnly: true });

    it("are called where they are for previews", async () => {
      const { calls, error } = await judge(`
        const options = { onDryRun: true };
        new Thing("one", { size: 1 }, { hooks: {
          beforeCreate: [failing("x"), telling("a", options)], afterCreate: [telling("b", options), failing("y")] } });
        new Group("all", {}, { hooks: {
          beforeCreate: [hook("c", options)], afterCreate: [hook("d", options)] } });`);
      assert.equal(error, undefined);
      const subject = { urn, id: "", name: "one", type, newInputs: { size: 1 } };
      const known = dryRun ? { id: "unknown" } : { arn: "arn:one", token: { secret: "t0ken" } };
      assert.deepEqual(
        calls.filter((call) => /^[ab]/.test(call)),
        [told("a", subject), told("b", { ...subject, newOutputs: { size: 1, ...known } })],
      );
      assert.deepEqual(
        calls.filter((call) => !/^[ab]/.test(call)),
        ["c", "d"],
      );
    });

    it("fail it when they fail", async () => {
      const source = (moment: string) =>
        `new Thing("one", {}, { hooks: { ${moment}: [failing("a", { onDryRun: true })] } });`;
      const before = await judge(source("beforeCreate"));
      assert.equal(before.error?.name, "RunFailed");
      const prefix = dryRun ? "Preview failed: " : "";
      assert.deepEqual(before.messages, [`error: ${prefix}before hook "a" failed: no a`]);
      const after = await judge(source("afterCreate"));
      assert.deepEqual(after.messages, ['error: after hook "a" failed: no a']);
    });
  });
}
