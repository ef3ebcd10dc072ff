import assert from "node:assert/strict";
import { told, useHookedStack } from "./hooked-stack";

const thing = { urn: "urn:pulumi:dev::source::test:index/thing:Thing::one", name: "one" };
const thingType = "test:index/thing:Thing";
const group = { urn: "urn:pulumi:dev::source::test:index:Group::all", id: "", name: "all" };

describe("The hooks of a resource", function () {
  this.timeout(120_000);
  const stack = useHookedStack();

  const outputs = (size: number) => ({
    arn: "arn:one",
    size: size,
    token: { secret: "t0ken" },
  });

  it("are told what there is of it before and after its creation", async () => {
    const { calls, error } = await stack().run(
      `new Thing("one", { size: 1, word: pulumi.secret("s3cret") }, { hooks: each(telling) });`,
    );
    assert.equal(error, undefined);
    const newInputs = { size: 1, word: { secret: "s3cret" } };
    const base = { ...thing, type: thingType };
    assert.deepEqual(calls, [
      told("beforeCreate", { ...base, id: "", newInputs }),
      "create one",
      told("afterCreate", {
        ...{ ...base, id: "id-one", newInputs },
        newOutputs: { ...outputs(1), word: { secret: "s3cret" } },
      }),
    ]);
  });

  it("are not called while it stays as it is", async () => {
    const source = `new Thing("one", { size: 1 }, { hooks: each(hook) });`;
    assert.deepEqual((await stack().run(source)).calls, [
      "beforeCreate",
      "create one",
      "afterCreate",
    ]);
    assert.deepEqual((await stack().run(source)).calls, ["create one"]);
  });

  it("are told the old and the new of an update, secrets included, also when they are new themselves", async () => {
    await stack().run(`new Thing("one", { size: 1, deep: { word: pulumi.secret("old") } });`);
    const { calls } = await stack().run(
      `new Thing("one", { size: 2, deep: { word: pulumi.secret("new") } }, { hooks: each(telling) });`,
    );
    const subject = {
      ...{ ...thing, id: "id-one", type: thingType },
      newInputs: { deep: { secret: { word: "new" } }, size: 2 },
      oldInputs: { deep: { secret: { word: "old" } }, size: 1 },
      oldOutputs: { ...outputs(1), deep: { secret: { word: "old" } } },
    };
    const newOutputs = { ...outputs(2), deep: { secret: { word: "new" } } };
    assert.deepEqual(calls, [
      told("beforeUpdate", subject),
      "create one",
      told("afterUpdate", { ...subject, newOutputs }),
    ]);
  });

  for (const [first, order] of [
    [false, ["beforeCreate", "create one", "afterCreate", "beforeDelete", "afterDelete"]],
    [true, ["beforeDelete", "afterDelete", "beforeCreate", "create one", "afterCreate"]],
  ] as const) {
    it(`are those of creation and deletion when it is replaced, the old ${first ? "first" : "last"}`, async () => {
      const source = (size: number) => `new Thing("one", { size: ${size} },
        { replaceOnChanges: ["size"], deleteBeforeReplace: ${first}, protect: true, hooks: each(hook) });`;
      await stack().run(source(1));
      assert.deepEqual((await stack().run(source(2))).calls, order);
    });
  }

  it("are not called again for one that had to go first, when the new one has failed", async () => {
    const source = (
      size: number,
      failures: number,
    ) => `new Thing("one", { size: ${size}, failures: ${failures} },
      { replaceOnChanges: ["size"], deleteBeforeReplace: true, hooks: each(hook) });`;
    await stack().run(source(1, 0));
    const deletion = ["beforeDelete", "afterDelete"];
    const { calls } = await stack().run(source(2, 1));
    assert.deepEqual(calls, [...deletion, "beforeCreate", "create one"]);
    const creation = ["beforeCreate", "create one", "afterCreate"];
    assert.deepEqual((await stack().run(source(2, 0))).calls, creation);
  });

  it("are called until the one that it replaces is deleted, once that is to be so", async () => {
    const source = (
      size: number,
      deletion: string,
      failures = 0,
    ) => `new Thing("one", { size: ${size}, failures: ${failures} },
      { replaceOnChanges: ["size"], hooks: { beforeDelete: [${deletion}("last")] } });`;
    await stack().run(source(1, "hook"));
    assert.deepEqual((await stack().run(source(2, "failing", 1))).calls, ["create one"]);
    assert.deepEqual((await stack().run(source(2, "failing"))).calls, ["create one", "last"]);
    assert.deepEqual((await stack().run(source(2, "failing"))).calls, ["create one", "last"]);
    const { calls, error } = await stack().run(source(2, "telling"));
    assert.equal(error, undefined);
    const old = { ...thing, id: "id-one", type: thingType, oldInputs: { size: 1, failures: 0 } };
    const oldOutputs = { ...outputs(1), failures: 0 };
    assert.deepEqual(calls, ["create one", told("last", { ...old, oldOutputs })]);
    assert.deepEqual((await stack().run(source(2, "hook"))).calls, ["create one"]);
  });

  it("are told what there was of it when it goes, which is once", async () => {
    await stack().run(
      `new Thing("one", { size: 1, word: pulumi.secret("s3cret") }, { hooks: each(hook) });`,
    );
    const { calls, error } = await stack().run("each(telling);");
    const subject = {
      ...{ ...thing, id: "id-one", type: thingType },
      oldInputs: { size: 1, word: { secret: "s3cret" } },
      oldOutputs: { ...outputs(1), word: { secret: "s3cret" } },
    };
    assert.equal(error, undefined);
    assert.deepEqual(calls, [told("beforeDelete", subject), told("afterDelete", subject)]);
    assert.deepEqual((await stack().run("each(hook);")).calls, []);
  });

  it("are needed when it goes: without them it stays", async () => {
    await stack().run(`new Thing("one", {}, { hooks: each(hook) });`);
    for (const source of ["", `hook("afterDelete");`]) {
      const { messages, error } = await stack().run(source);
      assert.equal(error?.name, "RunFailed");
      assert.deepEqual(messages, ['error: hook "beforeDelete" was not registered']);
    }
    assert.deepEqual((await stack().run("each(hook);")).calls, ["beforeDelete", "afterDelete"]);
  });

  it("are called before it is found to be protected", async () => {
    await stack().run(`new Thing("one", {}, { protect: true, hooks: each(hook) });`);
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { calls, messages } = await stack().run("each(hook);");
      assert.deepEqual(calls, ["beforeDelete"]);
      assert.deepEqual(messages, [
        `error: resource "${thing.urn}" cannot be deleted\nbecause it is protected. ` +
          "Run the program once with the resource and without its protect flag, or start with --fresh",
      ]);
    }
  });

  it("are those that the program gave it last, under the name that it has now", async () => {
    await stack().run(
      `new Thing("old", { size: 1 }, { hooks: { beforeUpdate: [hook("first")] } });`,
    );
    const renamed = await stack().run(`new Thing("one", { size: 2 }, {
      aliases: [{ name: "old" }], hooks: { beforeUpdate: [hook("second")], beforeDelete: [hook("last")] } });`);
    assert.deepEqual(renamed.calls, ["second", "create one"]);
    const gone = await stack().run(`hook("first"); telling("last");`);
    assert.equal(gone.error, undefined);
    const subject = { ...thing, id: "id-one", type: thingType };
    const oldOutputs = { size: 2, arn: "arn:one", token: { secret: "t0ken" } };
    assert.deepEqual(gone.calls, [
      told("last", { ...subject, oldInputs: { size: 2 }, oldOutputs }),
    ]);
  });

  it("are not called for one that is imported", async () => {
    const { calls } = await stack().run(
      `new Thing("one", {}, { import: "x", hooks: each(hook) });`,
    );
    assert.deepEqual(calls, ["create one"]);
  });

  it("may be added by transforms, and be functions without a name", async () => {
    const { calls } = await stack().run(`
      const added = hook("added");
      pulumi.runtime.registerResourceTransform(({ props, opts }) => ({
        props, opts: pulumi.mergeOptions(opts, { hooks: { beforeCreate: [added] } }) }));
      new Thing("one", {}, { hooks: { beforeCreate: [hook("own"), () => note("nameless")] } });`);
    assert.deepEqual(calls, ["own", "nameless", "added", "create one"]);
  });

  it("have printed all that they print once everything is created", async () => {
    const { messages } = await stack().run(`new Thing("one", {}, {
      hooks: { afterCreate: [() => { for (let i = 0; i < 3; i++) console.log("line " + i); }] } });`);
    assert.deepEqual(messages, ["info: line 0", "info: line 1", "info: line 2"]);
  });
});

describe("The hooks of a component", function () {
  this.timeout(120_000);
  const stack = useHookedStack();

  const type = "test:index:Group";

  it("are called before its children, and when the program has given its outputs", async () => {
    const { calls } = await stack().run(
      `new Group("all", { size: 1 }, { hooks: each(telling) }); new Thing("one", {});`,
    );
    const subject = { ...group, type, newInputs: { size: 1 } };
    assert.deepEqual(
      calls.filter((call) => call !== "create one"),
      [
        told("beforeCreate", subject),
        "create all-child",
        told("afterCreate", { ...subject, newOutputs: { child: "arn:all-child" } }),
      ],
    );
  });

  it("are called for its update and its deletion, after that of its children", async () => {
    const source = (size: number) => `const childHooks = each(hook, "child "), own = each(telling);
      pulumi.runtime.registerResourceTransform(({ name, props, opts }) =>
        ({ props, opts: name === "all-child" ? { ...opts, hooks: childHooks } : opts }));
      ${size > 0 ? `new Group("all", { size: ${size} }, { hooks: own });` : ""}`;
    await stack().run(source(1));
    const outputs = { child: "arn:all-child" };
    const update = {
      ...{ ...group, type, newInputs: { size: 2 } },
      ...{ oldInputs: { size: 1 }, oldOutputs: outputs },
    };
    assert.deepEqual((await stack().run(source(2))).calls, [
      told("beforeUpdate", update),
      "create all-child",
      told("afterUpdate", { ...update, newOutputs: outputs }),
    ]);
    const deletion = { ...group, type, oldInputs: { size: 2 }, oldOutputs: outputs };
    assert.deepEqual((await stack().run(source(0))).calls, [
      ...["child beforeDelete", "child afterDelete"],
      told("beforeDelete", deletion),
      told("afterDelete", deletion),
    ]);
  });
});

describe("The hooks of a dynamic resource", function () {
  this.timeout(120_000);
  const stack = useHookedStack();

  const made = (key: string, size: number, more = "") =>
    `new Made("m", { key: "${key}", size: ${size} }, { ${more} hooks: each(hook) });`;

  it("go with what its provider does", async () => {
    const runs: [source: string, calls: string[]][] = [
      [made("a", 1), ["beforeCreate", "create a", "afterCreate"]],
      [made("a", 1), []],
      [made("a", 2), ["beforeUpdate", "update a", "afterUpdate"]],
      [
        made("b", 2),
        ["beforeCreate", "create b", "afterCreate", "beforeDelete", "delete a", "afterDelete"],
      ],
      [
        made("c", 2, "deleteBeforeReplace: true,"),
        ["beforeDelete", "delete b", "afterDelete", "beforeCreate", "create c", "afterCreate"],
      ],
      ["each(hook);", ["beforeDelete", "delete c", "afterDelete"]],
      ["each(hook);", []],
    ];
    for (const [source, calls] of runs) {
      const run = await stack().run(source);
      assert.equal(run.error, undefined, run.messages.join("\n"));
      assert.deepEqual(run.calls, calls);
    }
  });

  it("are called where it is retained, and its provider is not", async () => {
    await stack().run(made("a", 1, "retainOnDelete: true,"));
    assert.deepEqual((await stack().run("each(hook);")).calls, ["beforeDelete", "afterDelete"]);
    assert.deepEqual((await stack().run("each(hook);")).calls, []);
  });

  it("follow it to another name", async () => {
    await stack().run(made("a", 1));
    const renamed = `new Made("n", { key: "a", size: 2 }, { aliases: [{ name: "m" }], hooks: each(hook) });`;
    assert.deepEqual((await stack().run(renamed)).calls, [
      "beforeUpdate",
      "update a",
      "afterUpdate",
    ]);
    assert.deepEqual((await stack().run(renamed)).calls, []);
  });

  it("are called for those that it needs, at its creation", async () => {
    const { calls } = await stack()
      .run(`const thing = new Thing("one", {}, { hooks: each(hook, "thing ") });
      new Made("m", { key: "a", of: thing.arn }, { hooks: each(hook) });`);
    assert.deepEqual(calls, [
      ...["thing beforeCreate", "create one", "thing afterCreate"],
      ...["beforeCreate", "create a", "afterCreate"],
    ]);
  });
});
