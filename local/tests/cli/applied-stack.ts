import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";
import type { Ask } from "../../cli/consent";
import { Display } from "../../cli/display";
import { Redactor } from "../../cli/redactor";
import { restoreCloud } from "../../cli/restored-cloud";
import type { RestoredCloud } from "../../cli/restored-cloud";
import { type SessionRun, StackSession } from "../../cli/stack-session";
import { loadProject } from "../../engine/project";
import type { Project } from "../../engine/project";
import { loadStackConfig } from "../../engine/stack-config";

const packages = join(__dirname, "../../../node_modules");
const account = { accountId: "000000000000", region: "us-east-1", partition: "aws" };

/** What has become of a run. */
export interface Applied {
  /** All that was printed, without times. */
  printed: string;
  outputs?: Readonly<Record<string, unknown>>;
  error?: Error;
}

export interface ApplyOptions extends Pick<SessionRun, "check" | "superseded"> {
  yes?: boolean;
  /** What the person at the terminal says; nobody is there without one. */
  answer?: string;
}

/** A cloud in which programs that are written for one test are applied to stacks of their own. */
export class AppliedStacks {
  readonly dataDir: string;
  readonly cloud: RunningCloud;
  readonly #folder: string;
  readonly #project: Project;

  static async start(): Promise<AppliedStacks> {
    const folder = await mkdtemp(join(tmpdir(), "applied-"));
    await symlink(packages, join(folder, "node_modules"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: demo\nruntime: nodejs\n");
    await writeFile(join(folder, "package.json"), '{ "main": "index.js" }');
    const dataDir = await mkdtemp(join(tmpdir(), "applied-data-"));
    const cloud = await startCloud({ port: 0, dataDir, account, notify: () => undefined });
    return new AppliedStacks(folder, dataDir, cloud, await loadProject(folder));
  }

  private constructor(folder: string, dataDir: string, cloud: RunningCloud, project: Project) {
    this.#folder = folder;
    this.dataDir = dataDir;
    this.cloud = cloud;
    this.#project = project;
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
    await rm(this.#folder, { recursive: true });
    await rm(this.dataDir, { recursive: true });
  }

  /** Applies a program, which has `make(type, name, inputs, options)` at hand. */
  async apply(
    stack: string,
    source: string,
    { yes = false, answer, ...run }: ApplyOptions = {},
  ): Promise<Applied> {
    await writeFile(join(this.#folder, "index.js"), `${prelude}\n${source}`);
    await writeFile(join(this.#folder, `Pulumi.${stack}.yaml`), "config: {}\n");
    const identity = { project: "demo", stack };
    let printed = "";
    const write = (text: string) => (printed += text);
    const ask: Ask | undefined =
      answer === undefined
        ? undefined
        : (question) => {
            write(`${question}\n`);
            return Promise.resolve(answer);
          };
    const session = new StackSession({
      ...{ identity, dataDir: this.dataDir, environment: {}, policy: false, yes, ask },
      cloud: this.#restored(stack),
      redactor: new Redactor(),
    });
    const display = new Display({ write }, identity);
    const { error, result } = await session
      .run({
        ...{ project: this.#project, display, signal: new AbortController().signal },
        config: await loadStackConfig(this.#project, stack),
        ...run,
      })
      .then(
        (done) => {
          display.showResult(done);
          return { result: done, error: undefined };
        },
        (reason: unknown) => ({ result: undefined, error: reason as Error }),
      );
    return { printed: printed.replaceAll(/ \(\d+\.\ds\)/g, ""), outputs: result?.outputs, error };
  }

  /** As at the start of a process, but in this one nothing needs to be brought back. */
  async #restored(stack: string): Promise<RestoredCloud> {
    return await restoreCloud(Promise.resolve(this.cloud), {
      project: this.#project,
      dataDir: this.dataDir,
      identity: { project: `${stack} of no project`, stack },
      notify: () => undefined,
    });
  }
}

const prelude = `
const pulumi = require("@pulumi/pulumi");
const outputs = ["arn", "bucket", "name", "keyId", "url"];
class Made extends pulumi.CustomResource {
  constructor(type, name, inputs, options) {
    const empty = Object.fromEntries(outputs.map((output) => [output, undefined]));
    super(type, name, { ...empty, ...inputs }, options);
  }
}
const make = (type, name, inputs = {}, options = {}) => new Made(type, name, inputs, options);
const bucket = "aws:s3/bucket:Bucket", object = "aws:s3/bucketObjectv2:BucketObjectv2";
const table = "aws:dynamodb/table:Table", queue = "aws:sqs/queue:Queue", key = "aws:kms/key:Key";
const keyed = (hashKey) => ({ hashKey, attributes: [{ name: hashKey, type: "S" }], billingMode: "PAY_PER_REQUEST" });
`;
