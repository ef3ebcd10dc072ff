import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, context, stop } from "esbuild";
import type {
  BuildContext,
  BuildFailure,
  BuildOptions,
  BuildResult,
  Message,
  OutputFile,
} from "esbuild";
import type { Bundle } from "./recipes";

/** A bundle that was built again. */
export interface Built {
  /** What the bundle and its source map are, by absolute path. */
  files: ReadonlyMap<string, Uint8Array>;
  /** Absolute paths of the sources that it was made of. */
  inputs: readonly string[];
}

/** What came of a build. */
export type BuildOutcome = Built | { errors: Message[] };

type Result = BuildResult<{ write: false; metafile: true }>;
type Context = BuildContext<{ write: false; metafile: true }>;

/** So many bundles can be built again without reading all anew; each takes some 80 MB of esbuild's process. */
const maxContexts = 2;

/** Builds bundles again as their recipes say: the same bytes as the program's own bundler makes of the same sources. */
export class Bundler {
  /** The one that was used last comes last. */
  readonly #contexts = new Map<string, Context>();
  readonly #idleMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param idleMs esbuild's process ends when there was nothing to build for so many milliseconds. */
  constructor(idleMs = 120_000) {
    this.#idleMs = idleMs;
  }

  async build(bundle: Bundle): Promise<BuildOutcome> {
    return this.#attempt(async () => {
      const result = await this.#rebuild(bundle);
      return builtOf(bundle, result);
    });
  }

  /**
   * Builds a bundle for people who follow how it runs: names stay, and the map is inside, with the sources
   * and their places on this machine.
   */
  async buildForDebugger(bundle: Bundle): Promise<BuildOutcome> {
    return this.#attempt(async () => {
      const result = await build({ ...optionsOf(bundle), ...readable });
      const { files, inputs } = builtOf(bundle, result);
      const code = files.get(bundle.file);
      const map = result.outputFiles.find(({ path }) => /\.[cm]?js\.map$/.test(path));
      if (code === undefined || map === undefined) {
        throw new Error(`esbuild made no source map of ${bundle.file}.`);
      }
      return { files: new Map([[bundle.file, withMapInside(code, map)]]), inputs };
    });
  }

  /** Ends esbuild's process. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const contexts = [...this.#contexts.values()];
    this.#contexts.clear();
    await Promise.all(contexts.map((each) => each.dispose()));
    await stop();
  }

  async #attempt(work: () => Promise<Built>): Promise<BuildOutcome> {
    clearTimeout(this.#timer);
    try {
      return await work();
    } catch (error) {
      if (isBuildFailure(error)) {
        return { errors: error.errors };
      }
      throw error;
    } finally {
      this.#timer = setTimeout(() => void this.stop(), this.#idleMs).unref();
    }
  }

  async #rebuild(bundle: Bundle): Promise<Result> {
    const known = this.#contexts.get(bundle.file);
    this.#contexts.delete(bundle.file);
    const current = known ?? (await context(optionsOf(bundle)));
    this.#contexts.set(bundle.file, current);
    const [oldest] = this.#contexts;
    if (this.#contexts.size > maxContexts && oldest !== undefined) {
      this.#contexts.delete(oldest[0]);
      await oldest[1].dispose();
    }
    return current.rebuild();
  }
}

const readable = {
  minify: false,
  minifyIdentifiers: false,
  minifySyntax: false,
  minifyWhitespace: false,
  sourcemap: "external",
  sourcesContent: true,
} as const satisfies BuildOptions;

function optionsOf({ options, entryPoint, programDir }: Bundle) {
  return {
    ...options,
    entryPoints: [entryPoint],
    absWorkingDir: programDir,
    write: false,
    metafile: true,
    logLevel: "silent",
  } satisfies BuildOptions;
}

function builtOf(
  { file, entryPoint, programDir }: Bundle,
  { metafile, outputFiles }: Result,
): Built {
  const outputs = Object.entries(metafile.outputs);
  const output = outputs.find(([, { entryPoint: made }]) => made === entryPoint);
  if (output === undefined) {
    throw new Error(`esbuild made nothing of ${entryPoint}.`);
  }
  // Built alone, it may get another place than among all.
  const own = resolve(programDir, output[0]);
  const files = outputFiles
    .filter(({ path }) => path.startsWith(own))
    .map(({ path, contents }) => [file + path.slice(own.length), contents] as const);
  const inputs = Object.keys(metafile.inputs)
    .filter((input) => !input.includes("node_modules/"))
    .map((input) => resolve(programDir, input));
  return { files: new Map(files), inputs };
}

/** Debuggers find a script's sources by the end of its text; where the script itself lies, tells them nothing. */
function withMapInside(code: Uint8Array, map: OutputFile): Uint8Array {
  const parsed = JSON.parse(map.text) as { sources: string[] };
  const sources = parsed.sources.map((source) => new URL(source, pathToFileURL(map.path)).href);
  const text = Buffer.from(JSON.stringify({ ...parsed, sources })).toString("base64");
  const comment = `\n//# sourceMappingURL=data:application/json;base64,${text}\n`;
  return Buffer.concat([code, Buffer.from(comment)]);
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
