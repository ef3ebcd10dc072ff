import assert from "node:assert/strict";
import type { DynamicRecord, DynamicRecords } from "../../engine/dynamic-records";
import type { RunOptions } from "../../engine/run-program";
import { FakeProvider } from "./fake-provider";
import { javaScript, runSource } from "./run-source";
import type { SourceRun } from "./run-source";

/** A provider whose methods print what they are given, and a resource of it. */
const provider = `
import * as pulumi from "@pulumi/pulumi";

const told = (what: string, ...values: any[]) =>
  console.log(what, JSON.stringify(values, (key, value) => (key === "__provider" ? undefined : value)));

const provider = {
  async configure({ config }: any) {
    this.color = config.get("color");
  },
  async check(olds: any, news: any) {
    told("check", olds, news);
    const failures = news.bad === undefined ? [] : [{ property: "bad", reason: "it is bad" }];
    return { inputs: { ...news, checked: true }, failures };
  },
  async diff(id: string, olds: any, news: any) {
    return { changes: olds.size !== news.size, replaces: olds.kind === news.kind ? [] : ["kind"] };
  },
  async create(inputs: any) {
    told("create", inputs);
    if (inputs.fails) {
      throw new Error("it cannot be");
    }
    return { id: "id-" + inputs.kind, outs: { ...inputs, made: [inputs.size ?? 0], copy: inputs.token ?? "", color: this.color ?? "" } };
  },
  async update(id: string, olds: any, news: any) {
    told("update", id, olds.size, news.size);
    return { outs: { ...news, made: [news.size] } };
  },
  async delete(id: string, props: any) {
    told("delete", id, props.size);
  },
};

class Made extends pulumi.dynamic.Resource {
  declare readonly made: pulumi.Output<number[]>;
  declare readonly copy: pulumi.Output<string>;
  declare readonly token: pulumi.Output<string>;
  declare readonly color: pulumi.Output<string>;
  constructor(name: string, props: object, options?: pulumi.CustomResourceOptions) {
    super(provider, name, { made: undefined, copy: undefined, color: undefined, ...props }, options);
  }
}
class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  constructor(name: string, props: object = {}) {
    super("test:index/thing:Thing", name, { arn: undefined, ...props });
  }
}
`;

class Records implements DynamicRecords {
  kept: DynamicRecord[] = [];

  all(): DynamicRecord[] {
    return [...this.kept];
  }

  put(record: DynamicRecord, replaced?: DynamicRecord): void {
    this.kept = [...this.kept.filter((each) => each !== replaced), record];
  }

  remove(record: DynamicRecord): void {
    this.kept = this.kept.filter((each) => each !== record);
  }
}

function run(program: string, options: Partial<RunOptions> = {}): Promise<SourceRun> {
  return runSource(javaScript(provider + program), options);
}

/** Creates all, on top of what is in `records`, and returns what the provider's methods told. */
async function start(program: string, records: Records): Promise<string[]> {
  const options = { dynamicRecords: Promise.resolve(records) };
  const files = javaScript(provider + program);
  const { error, messages } = await runSource(files, options, ".", ({ create }) => create());
  assert.equal(error, undefined, messages.join("\n"));
  return messages.filter((message) => !message.includes(": check"));
}

describe("Dynamic providers", function () {
  // A program and its providers, on a machine that is busy.
  this.timeout(60_000);

  it("check a resource, create it and give it an id and outputs", async () => {
    const { result, messages } = await run(`
      const made = new Made("one", { kind: "a", size: 3 });
      export const id = made.id;
      export const numbers = made.made;
    `);
    assert.deepEqual(result?.outputs, { id: "id-a", numbers: [3] }, messages.join("\n"));
    assert.deepEqual(messages, [
      'info: check [{},{"kind":"a","size":3}]',
      'info: create [{"checked":true,"kind":"a","size":3}]',
    ]);
  });

  it("are configured with the stack's config", async () => {
    const files = {
      "Pulumi.dev.yaml": "config: { source:color: red }\n",
      "index.ts": `${provider} export const color = new Made("one", { kind: "a" }).color;`,
    };
    const { result, messages } = await runSource(files);
    assert.deepEqual(result?.outputs, { color: "red" }, messages.join("\n"));
  });

  it("keep those outputs secret that are so as inputs, and get them in clear", async () => {
    const { result, messages } = await run(`
      const made = new Made("one", { kind: "a", token: pulumi.secret("shh") });
      export const token = made.token;
      export const copy = made.copy;
    `);
    assert.deepEqual(result?.outputs, { token: "shh", copy: "shh" }, messages.join("\n"));
    assert.deepEqual(result.secretOutputs, ["token"]);
  });

  it("create a resource after what it depends on, and before the rest", async () => {
    const things = new FakeProvider();
    const { result, messages } = await run(
      `
      const needed = new Thing("needed");
      new Thing("other");
      const made = new Made("one", { kind: needed.arn, size: 1 });
      export const id = made.id;
      new Thing("later", { from: id });
    `,
      { provider: things },
    );
    assert.deepEqual(result?.outputs, { id: "id-arn:needed" }, messages.join("\n"));
    assert.deepEqual(things.created, ["needed"]);
    assert.equal(things.inputsOf("later")?.from, "id-arn:needed");
    await assert.doesNotReject(result.create());
    assert.deepEqual(things.created, ["needed", "other", "later"]);
  });

  it("only check in a dry run, where inputs may be unknown", async () => {
    const { result, messages } = await run(
      `
      const made = new Made("one", { kind: "a", size: 3 });
      new Made("two", { size: made.made });
      export const numbers = made.made;
      export const id = made.id;
    `,
      { dryRun: true },
    );
    assert.deepEqual(messages, [
      'info: check [{},{"kind":"a","size":3}]',
      'info: check [{},{"size":"04da6b54-80e4-46f7-96ec-b56ff0331ba9"}]',
    ]);
    assert.deepEqual(result?.resources.at(1)?.inputs.checked, true);
  });

  it("only check where the program is judged", async () => {
    const { result, messages } = await run('new Made("one", { kind: "a", size: 3 });', {
      judgeOnly: true,
    });
    assert.deepEqual(messages, ['info: check [{},{"kind":"a","size":3}]']);
    assert.equal(result?.resources.at(-1)?.inputs.checked, true);
  });

  for (const dryRun of [true, false]) {
    it(`refuse what does not pass their check${dryRun ? " in a dry run" : ""}, and hide secrets`, async () => {
      const { error, messages } = await run(
        `
        new Made("one", { bad: true });
        new Made("two", { bad: pulumi.secret("shh") });
      `,
        { dryRun },
      );
      assert.equal(error?.message, "2 resources cannot be created like this");
      const problems = messages.filter((message) => message.startsWith("error")).sort();
      assert.deepEqual(problems, [
        "error: pulumi-nodejs:dynamic:Resource resource 'one': property bad value {true} has a problem: it is bad",
        "error: pulumi-nodejs:dynamic:Resource resource 'two': property bad value {[secret]} has a problem: it is bad",
      ]);
    });
  }

  it("end the run when they cannot create a resource, which is told with its name", async () => {
    const { error, messages } = await run('new Made("one", { kind: "a", fails: true });');
    assert.equal(error?.message, "a resource could not be created");
    assert.ok(
      messages.includes(
        "error: creating urn:pulumi:dev::source::pulumi-nodejs:dynamic:Resource::one: it cannot be",
      ),
      messages.join("\n"),
    );
  });

  it("have to give an id", async () => {
    const { messages } = await runSource({
      "index.ts": `
        import * as pulumi from "@pulumi/pulumi";
        new pulumi.dynamic.Resource({ create: async () => ({ id: "" }) }, "one", {});
      `,
    });
    const urn = "urn:pulumi:dev::source::pulumi-nodejs:dynamic:Resource::one";
    assert.deepEqual(messages, [
      `error: creating ${urn}: plugin returned empty resource.ID from create '${urn}'`,
    ]);
  });

  describe("on top of an earlier run", () => {
    let first: Records;
    let records: Records;
    const one = (props: string) => `new Made("one", ${props});`;

    before(async () => {
      first = new Records();
      await start(one('{ kind: "a", size: 1 }'), first);
    });

    beforeEach(() => {
      records = new Records();
      records.kept = first.all();
    });

    it("leave a resource as it is where they see no difference", async () => {
      const files = one('{ kind: "a", size: 1 }');
      assert.deepEqual(await start(`export const { id } = ${files}`, records), []);
      assert.deepEqual(
        records.kept.map(({ id, outputs }) => [id, outputs.made]),
        [["id-a", [1]]],
      );
    });

    it("update it", async () => {
      assert.deepEqual(await start(one('{ kind: "a", size: 2 }'), records), [
        'info: update ["id-a",1,2]',
      ]);
      assert.deepEqual(
        records.kept.map(({ id, outputs }) => [id, outputs.made]),
        [["id-a", [2]]],
      );
    });

    it("replace it, and delete the old one afterwards", async () => {
      assert.deepEqual(await start(one('{ kind: "b", size: 2 }'), records), [
        'info: create [{"checked":true,"kind":"b","size":2}]',
        'info: delete ["id-a",1]',
      ]);
      assert.deepEqual(
        records.kept.map(({ id }) => id),
        ["id-b"],
      );
    });

    it("delete it when the program no longer has it", async () => {
      assert.deepEqual(await start("", records), ['info: delete ["id-a",1]']);
      assert.deepEqual(records.kept, []);
    });

    it("take a change of any input for a difference where they do not say", async () => {
      const program = (size: number) => `
        import * as pulumi from "@pulumi/pulumi";
        new pulumi.dynamic.Resource(
          {
            create: async () => ({ id: "x" }),
            update: async (id, olds, news) => console.log("update", news.size),
          },
          "one",
          { size: ${size} },
        );
      `;
      records = new Records();
      const told: string[][] = [];
      for (const size of [1, 1, 2]) {
        const options = { dynamicRecords: Promise.resolve(records) };
        const files = javaScript(program(size));
        const { messages } = await runSource(files, options, ".", ({ create }) => create());
        told.push(messages);
      }
      assert.deepEqual(told, [[], [], ["info: update 2"]]);
    });
  });
});
