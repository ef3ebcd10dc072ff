import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

/** What the page's own code is bundled from, and where to. */
export interface UiBundleOptions {
  /** The folder of the page's own code. */
  uiDir: string;
  /** The folder of the program's views; there need be none. */
  viewsDir: string;
  /** Where the bundle is kept. */
  outDir: string;
}

/** The files of a bundle. */
export const uiFiles = ["page.js", "page.css", "page.js.map", "page.css.map"] as const;

/**
 * The page's code in one script and one style sheet, made when somebody asks for it, and again when a
 * source of it has changed since.
 *
 * esbuild runs in a process of its own, which ends with the bundle: as a library it would stay, and
 * could only be stopped for all who use it.
 */
export class UiBundle {
  readonly #options: UiBundleOptions;
  #building: Promise<void> | undefined;
  #record: BundleRecord | undefined;

  constructor(options: UiBundleOptions) {
    this.#options = options;
  }

  /**
   * Sees to it that there is a bundle of the sources as they are.
   *
   * @throws Error that says what does not compile.
   */
  async refresh(): Promise<void> {
    this.#building ??= this.#build().finally(() => {
      this.#building = undefined;
    });
    await this.#building;
  }

  /** A file of the bundle as it was last made. */
  read(file: (typeof uiFiles)[number]): Buffer {
    return readFileSync(join(this.#options.outDir, file));
  }

  async #build(): Promise<void> {
    const entry = entryOf(this.#options.uiDir, viewsIn(this.#options.viewsDir));
    if (isCurrent(this.#record, entry)) {
      return;
    }
    mkdirSync(this.#options.outDir, { recursive: true, mode: 0o700 });
    const startedAt = Date.now();
    this.#record = { entry, startedAt, inputs: await bundle(entry, this.#options) };
  }
}

/** What a bundle was made from. */
interface BundleRecord {
  entry: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Absolute paths. */
  inputs: string[];
}

function isCurrent(record: BundleRecord | undefined, entry: string): boolean {
  return (
    record?.entry === entry &&
    record.inputs.every((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats !== undefined && stats.mtimeMs < record.startedAt;
    })
  );
}

function viewsIn(dir: string): string[] {
  return globSync("*.tsx", { cwd: dir })
    .sort()
    .map((name) => join(dir, name));
}

/** The module that the page starts with: its own code, given the program's views. */
function entryOf(uiDir: string, views: readonly string[]): string {
  const imports = views.map(
    (path, index) => `import { view as view${index} } from ${JSON.stringify(path)};`,
  );
  return [
    `import { mount } from ${JSON.stringify(join(uiDir, "app.tsx"))};`,
    ...imports,
    `mount([${views.map((_, index) => `view${index}`).join(", ")}]);`,
  ].join("\n");
}

/** Settings that hold for the views of any program, whatever its own `tsconfig.json` says. */
const compilerOptions = { jsx: "react-jsx", jsxImportSource: "preact", target: "es2023" };

/** Bundles, and returns the absolute paths of what it took. */
async function bundle(entry: string, { uiDir, outDir }: UiBundleOptions): Promise<string[]> {
  const metafile = join(outDir, "meta.json");
  const esbuild = spawn(
    createRequire(__filename).resolve("esbuild/bin/esbuild"),
    [
      "--bundle",
      "--format=esm",
      "--minify",
      "--sourcemap",
      "--log-level=error",
      "--color=false",
      `--tsconfig-raw=${JSON.stringify({ compilerOptions })}`,
      `--outfile=${join(outDir, "page.js")}`,
      `--metafile=${metafile}`,
    ],
    { cwd: uiDir, stdio: ["pipe", "ignore", "pipe"] },
  );
  esbuild.stdin.end(entry);
  const [problems, [code]] = await Promise.all([
    text(esbuild.stderr),
    once(esbuild, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) {
    throw new Error(`The page does not compile:\n${problems}`);
  }
  const { inputs } = JSON.parse(readFileSync(metafile, "utf8")) as { inputs: object };
  return Object.keys(inputs)
    .filter((name) => name !== "<stdin>")
    .map((name) => resolve(uiDir, name));
}
