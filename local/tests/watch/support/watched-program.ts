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
import { buildSync, type BuildOptions } from "esbuild";
import { Bundler } from "../../../watch/bundler";
import { FunctionWatch } from "../../../watch/function-watch";
import { Watcher } from "../../../watch/watcher";
import { LocalLambda, zipOf } from "../../aws/lambda/support/local-lambda";
import { until } from "../../engine/processes";

const options: BuildOptions = {
  entryPoints: ["src/one.ts", "src/two.ts"],
  outdir: "bundle",
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  sourcemap: "external",
  sourcesContent: false,
};

const sources = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      module: "node20",
      target: "es2023",
      lib: ["es2023"],
      types: [],
    },
  }),
  "src/shared.ts": `export const greeting: string = "hello";\n`,
  "src/shape.ts": "export interface Shape { name: string }\n",
  "src/one.ts": sourceOf("one"),
  "src/two.ts": sourceOf("two"),
  "plain/index.js": `exports.handler = async () => "plain";\n`,
};

/** The source of a function that answers with a greeting, its name and `more`. */
export function sourceOf(name: string, more = '""'): string {
  return [
    'import { greeting } from "./shared";',
    'import type { Shape } from "./shape";',
    `const shape: Shape = { name: "${name}" };`,
    `export const handler = async () => greeting + " " + shape.name + ${more};`,
    "",
  ].join("\n");
}

/** A program's folder, and its functions `program-one`, `program-two` and `plain`, which are watched. */
export class WatchedProgram {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), "program-")));
  readonly notices: string[] = [];
  readonly watcher: Watcher;
  readonly local: LocalLambda;
  readonly watch: FunctionWatch;

  static async start(): Promise<WatchedProgram> {
    const program = new WatchedProgram(await LocalLambda.start());
    for (const name of ["one", "two"]) {
      await program.#create(`program-${name}`, `bundle/${name}.js`);
    }
    await program.#create("plain", "plain/index.js");
    program.watcher.start();
    program.watch.start();
    return program;
  }

  private constructor(local: LocalLambda) {
    this.local = local;
    for (const [path, text] of Object.entries(sources)) {
      this.write(path, text);
    }
    symlinkSync(join(__dirname, "../../../../node_modules"), join(this.dir, "node_modules"));
    const { metafile } = buildSync({ ...options, absWorkingDir: this.dir, metafile: true });
    this.write("bundle/esbuild.json", JSON.stringify({ options, metafile }));
    this.watcher = new Watcher({
      folder: this.dir,
      onError: (error) => this.notices.push(String(error)),
    });
    this.watch = new FunctionWatch({
      programDir: this.dir,
      functions: local.lambda,
      bundler: new Bundler(),
      watcher: this.watcher,
      notify: (line) => this.notices.push(line),
      colored: false,
    });
    local.lambda.awaited = (name) => this.watch.settled(name);
  }

  async stop(): Promise<void> {
    await this.watch.stop();
    this.watcher.stop();
    await this.local.stop();
    rmSync(this.dir, { recursive: true });
  }

  write(path: string, text: string): void {
    const file = join(this.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(path: string): void {
    rmSync(join(this.dir, path));
  }

  /** Waits until the watch has been told of the next changes. */
  async changed(): Promise<void> {
    await new Promise<void>((resolve) => {
      const unsubscribe = this.watcher.subscribe(() => {
        unsubscribe();
        resolve();
      });
    });
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), "utf8");
  }

  /** What a function answers. */
  async answer(name: string): Promise<unknown> {
    return (await this.local.invoke({}, name)).result;
  }

  /** The first notice like `pattern`, once there is one; it is forgotten, with those before it. */
  async told(pattern: RegExp): Promise<string> {
    await until(() => this.notices.some((notice) => pattern.test(notice)));
    const index = this.notices.findIndex((notice) => pattern.test(notice));
    return this.notices.splice(0, index + 1).at(-1) ?? "";
  }

  async #create(name: string, file: string): Promise<void> {
    const pack = () => zipOf({ [file]: this.read(file) });
    await this.local.create("", {
      name,
      zip: pack(),
      handler: file.replace(".js", ".handler"),
      sources: new Map([[file, join(this.dir, file)]]),
      repack: () => Promise.resolve(pack()),
    });
  }
}
