import { mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

const projectRoot = realpathSync(path.dirname(__dirname));

/**
 * Bundles each of `handlers/<operation>.ts`, with all that it imports, into `bundle/<operation>.js`:
 * the same bytes from the same sources, wherever the project lies. Takes several at once, since they
 * share most of what they import.
 *
 * @throws RunError when a handler does not compile, or when the program does not run in the
 * project's folder, to which Pulumi changes from wherever it is called.
 */
export function bundleHandlers(operations: readonly string[]): void {
  if (realpathSync(process.cwd()) !== projectRoot) {
    throw new pulumi.RunError(
      `Functions can only be bundled in the project's folder, ${projectRoot}: paths in archives ` +
        `are relative to the working directory, which is ${process.cwd()}.`,
    );
  }
  for (const { path: file, contents } of compile(operations)) {
    writeAtomically(file, contents);
  }
}

/**
 * Path of an operation's bundle: relative to the project's folder and beginning with a dot, so that
 * it is the same in an archive, and the way to load it there.
 */
export function bundlePath(operation: string): string {
  return `./bundle/${operation}.js`;
}

function compile(operations: readonly string[]) {
  try {
    return buildSync({
      absWorkingDir: projectRoot,
      entryPoints: operations.map((operation) => `handlers/${operation}.ts`),
      outdir: "bundle",
      write: false,
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      format: "cjs",
      // Of packages that have both, the ES modules: what is not used of them can be left out.
      mainFields: ["module", "main"],
      legalComments: "none",
      logLevel: "silent",
    }).outputFiles;
  } catch (error) {
    throw new pulumi.RunError(`The handlers cannot be bundled: ${String(error)}`);
  }
}

/** Another run of the program, at the same time, must never read half a file. */
function writeAtomically(file: string, contents: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}
