import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseOptions } from "../../../cli/options";
import { Redactor } from "../../../cli/redactor";
import { Shutdown } from "../../../cli/shutdown";
import { start } from "../../../cli/start";
import { startCloud } from "../../../cloud";
import { until } from "../../engine/processes";

const packages = join(__dirname, "../../../../node_modules");

/** The line of the program that fails where `index.js` is to be broken. */
export const failure = 'throw new Error("boom");';

/** A program whose function and which itself are made of `greeting.ts`. */
export const sources = {
  "Pulumi.yaml": "name: small\nruntime: { name: nodejs, options: { typescript: false } }\n",
  "Pulumi.local.yaml": "config: {}\n",
  "package.json": '{ "main": "index.js" }',
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, module: "node20", target: "es2023", types: [] },
  }),
  "greeting.ts": 'export const greeting: string = "hello";\n',
  "hello.ts": handlerOf("world"),
  "index.js": `
    const { writeFileSync } = require("node:fs");
    const { buildSync } = require("esbuild");
    const pulumi = require("@pulumi/pulumi");
    const { greeting } = require("./greeting.ts");

    const options = { entryPoints: ["hello.ts"], outdir: "bundle", bundle: true, platform: "node", format: "cjs" };
    const { metafile } = buildSync({ ...options, metafile: true });
    writeFileSync("bundle/esbuild.json", JSON.stringify({ options, metafile }));

    class Made extends pulumi.CustomResource {
      constructor(type, name, inputs) {
        super(type, name, { arn: undefined, functionUrl: undefined, ...inputs });
      }
    }
    const role = new Made("aws:iam/role:Role", "role", {
      name: "role",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
    const file = new pulumi.asset.FileAsset("bundle/hello.js");
    const hello = new Made("aws:lambda/function:Function", "hello", {
      ...{ name: "small-hello", role: role.arn, runtime: "nodejs24.x", handler: "hello.handler" },
      code: new pulumi.asset.AssetArchive({ "hello.js": file }),
    });
    const url = new Made("aws:lambda/functionUrl:FunctionUrl", "url", {
      ...{ functionName: hello.id, authorizationType: "NONE" },
    });
    exports.url = url.functionUrl;
    exports.greeting = greeting;
  `,
};

/** The source of a function that greets somebody. */
export function handlerOf(whom: string): string {
  return [
    'import { greeting } from "./greeting";',
    `export const handler = async () => ({ statusCode: 200, body: greeting + " ${whom}" });`,
    "",
  ].join("\n");
}

/** `npm start` of a small program, in this process. */
export class WatchingRun {
  readonly #programDir = realpathSync(mkdtempSync(join(tmpdir(), "small-")));
  readonly #dataDir = mkdtempSync(join(tmpdir(), "small-data-"));
  #shutdown = new Shutdown();
  /** What has been printed since it was last asked for something. */
  #printed = "";

  constructor() {
    symlinkSync(packages, join(this.#programDir, "node_modules"));
    for (const [file, text] of Object.entries(sources)) {
      this.write(file, text);
    }
  }

  /** Starts, and returns what was printed by that. */
  async start(): Promise<string> {
    this.#printed = "";
    this.#shutdown = new Shutdown();
    await start({
      ...parseOptions(["--port=0", `--data=${this.#dataDir}`]),
      projectDir: this.#programDir,
      startCloud,
      terminal: { write: (text) => (this.#printed += text) },
      redactor: new Redactor(),
      signal: new AbortController().signal,
      shutdown: this.#shutdown,
    });
    return this.#printed;
  }

  async stop(): Promise<void> {
    await this.#shutdown.run();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#programDir, { recursive: true });
    rmSync(this.#dataDir, { recursive: true });
  }

  /** Writes a file of the program. */
  write(file: string, text: string): void {
    const path = join(this.#programDir, file);
    mkdirSync(dirname(path), { recursive: true });
    this.#printed = "";
    writeFileSync(path, text);
  }

  /** Waits until something like `pattern` has been printed since the last write, and returns all that was. */
  async told(pattern: RegExp): Promise<string> {
    await until(() => pattern.test(this.#printed));
    return this.#printed;
  }

  /** What `outputs.json` says. */
  outputs(): Record<string, string> {
    return this.#read("outputs.json");
  }

  /** What the function answers. */
  async answer(): Promise<string> {
    return await (await fetch(this.outputs().url ?? "")).text();
  }

  /** The stack's outputs, as the page shows them. */
  async shownOutputs(): Promise<Record<string, string>> {
    const context = await fetch(`${this.#read("endpoints.json").page}/api/context`);
    return ((await context.json()) as { outputs: Record<string, string> }).outputs;
  }

  #read(file: string): Record<string, string> {
    return JSON.parse(readFileSync(join(this.#dataDir, file), "utf8")) as Record<string, string>;
  }
}
