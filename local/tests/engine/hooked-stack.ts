import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LastRun } from "../../cli/last-run";
import type { EngineResource } from "../../engine/resource-provider";
import type { RunOptions } from "../../engine/run-program";
import { DynamicInventory } from "../../provider/dynamic-inventory";
import { Inventory } from "../../provider/inventory";
import type { PlannedResource } from "../../provider/resource";
import { FakeProvider } from "./fake-provider";
import { javaScript, runSource } from "./run-source";
import type { SourceRun } from "./run-source";

/** What a run of a program has done: calls of hooks and providers in their order, and what was said. */
export interface HookedRun extends Pick<SourceRun, "error" | "messages"> {
  calls: string[];
}

const stack = { project: "source", stack: "dev" };

/**
 * A stack whose program is run again and again, as `npm start` does on one data folder. Programs have
 * hooks at hand that note their calls, and resources of three kinds.
 */
class HookedStack {
  readonly #dir: string;

  static async make(): Promise<HookedStack> {
    return new HookedStack(await mkdtemp(join(tmpdir(), "hooked-")));
  }

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /** Runs a program and creates its resources, unless `options` say that it is judged. */
  async run(source: string, options: Partial<RunOptions> = {}): Promise<HookedRun> {
    const log = join(this.#dir, "calls");
    await rm(log, { force: true });
    const inventory = new Inventory(join(this.#dir, "resources"));
    const lastRun = new LastRun({ dataDir: this.#dir, inventory, projectDir: this.#dir, stack });
    const { error, messages } = await runSource(
      javaScript(`${prelude(log)} module.exports = async () => { ${source} };`),
      {
        provider: new NotingProvider(log),
        priorState: Promise.resolve(lastRun),
        dynamicRecords: Promise.resolve(new DynamicInventory(inventory, stack)),
        ...options,
      },
      ".",
      async (planned) => {
        if (options.judgeOnly !== true && options.dryRun !== true) {
          await planned.create();
        }
      },
    );
    await lastRun.save();
    const calls = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
    return { error, messages, calls };
  }

  /** Removes all that was kept. */
  async remove(): Promise<void> {
    await rm(this.#dir, { recursive: true });
  }
}

/** Notes what it creates, and fails as often as its input `failures` says. */
class NotingProvider extends FakeProvider {
  readonly #log: string;
  #failures = 0;

  constructor(log: string) {
    super();
    this.#log = log;
  }

  override async plan(resource: EngineResource): Promise<PlannedResource> {
    const { failures = 0 } = resource.inputs;
    const planned = await super.plan(resource);
    return {
      ...planned,
      create: () => {
        appendFileSync(this.#log, `create ${resource.name}\n`);
        if (this.#failures < Number(failures)) {
          throw new Error(`failure ${++this.#failures}`);
        }
      },
    };
  }
}

/** Makes a stack before each test, and removes it after it. @returns gives the test's. */
export function useHookedStack(): () => HookedStack {
  let stack: HookedStack;

  beforeEach(async () => {
    stack = await HookedStack.make();
  });

  afterEach(async () => {
    await stack.remove();
  });

  return () => stack;
}

/** A call of a hook as it is noted: its name and what it is told, without what is not there. */
export function told(name: string, args: Readonly<Record<string, unknown>>): string {
  return `${name} ${JSON.stringify(inOrder(args))}`;
}

/** With the keys of its objects in order, as nobody promises one. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

/** What the programs have at hand; each call of a hook is noted in the file `log`. */
function prelude(log: string): string {
  return `import * as pulumi from "@pulumi/pulumi";
    import { appendFileSync } from "node:fs";
    const note = (text: string) => appendFileSync(${JSON.stringify(log)}, text + "\\n");
    const plain = async (value: any): Promise<any> => {
      if (pulumi.Output.isInstance(value)) {
        return { secret: await plain(await (value as any).promise()) };
      }
      if (value?.__pulumiUnknown) return "unknown";
      if (typeof value !== "object" || value === null) return value;
      const { __provider, ...rest } = value;
      const entries = Object.entries(rest).sort().map(async ([key, each]) => [key, await plain(each)]);
      return Object.fromEntries(await Promise.all(entries) as any);
    };
    /** Notes its name. */
    const hook = (name: string, options?: any) => new pulumi.ResourceHook(name, () => note(name), options);
    /** Notes its name and what it is told. */
    const telling = (name: string, options?: any) =>
      new pulumi.ResourceHook(name, async (args) => note(name + " " + JSON.stringify(await plain(args))), options);
    const failing = (name: string, options?: any) =>
      new pulumi.ResourceHook(name, () => { note(name); throw new Error("no " + name); }, options);
    const onError = (name: string, retry: (args: pulumi.ErrorHookArgs) => boolean) =>
      new pulumi.ErrorHook(name, async (args) => {
        note(name + " " + JSON.stringify(await plain({ ...args, errors: args.errors.join(", ") })));
        return retry(args);
      });
    const moments = ["beforeCreate", "afterCreate", "beforeUpdate", "afterUpdate", "beforeDelete", "afterDelete"];
    /** One for each moment, registered once. */
    const each = (make: (name: string) => pulumi.ResourceHook, prefix = "") =>
      Object.fromEntries(moments.map((moment) => [moment, [make(prefix + moment)]])) as any;
    class Thing extends pulumi.CustomResource {
      declare arn: pulumi.Output<string>;
      constructor(name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
        super("test:index/thing:Thing", name, { arn: undefined, ...args }, options);
      }
    }
    class Group extends pulumi.ComponentResource {
      constructor(name: string, args: pulumi.Inputs, options?: pulumi.ComponentResourceOptions) {
        super("test:index:Group", name, args, options);
        this.registerOutputs({ child: new Thing(name + "-child", {}, { parent: this }).arn });
      }
    }
    class Made extends pulumi.dynamic.Resource {
      constructor(name: string, args: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
        super({
          create: async (inputs: any) => {
            require("node:fs").appendFileSync(inputs.log, "create " + inputs.key + "\\n");
            return { id: inputs.key, outs: { ...inputs, made: true } };
          },
          diff: async (_id: string, olds: any, news: any) => ({
            changes: olds.size !== news.size || olds.key !== news.key,
            replaces: olds.key !== news.key ? ["key"] : [],
          }),
          update: async (id: string, _olds: any, news: any) => {
            require("node:fs").appendFileSync(news.log, "update " + id + "\\n");
            return { outs: { ...news, made: false } };
          },
          delete: async (id: string, olds: any) => require("node:fs").appendFileSync(olds.log, "delete " + id + "\\n"),
        }, name, { log: ${JSON.stringify(log)}, ...args }, options);
      }
    }`;
}
