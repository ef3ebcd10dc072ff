import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";
import { bundlePath } from "../components/bundle";
import { programFolder } from "./plugin-files";

/**
 * Bundles a program's own handler, with all that it imports, and puts it where those of this project are.
 * The same sources make the same bundle of the same name, wherever they lie.
 *
 * @param entry path of its file, relative to the program's folder.
 * @returns what `HandlerFunction` calls an operation.
 * @throws RunError when there is no such file, or when it does not compile.
 */
export function bundleEntry(entry: string): string {
  const file = resolve(programFolder, entry);
  if (!existsSync(file)) {
    throw new pulumi.RunError(
      `entry is ${JSON.stringify(entry)}, and there is no such file in ${programFolder}; ` +
        "accepted: a path of a TypeScript or JavaScript file, relative to the program's folder.",
    );
  }
  const code = compile(entry, file);
  const operation = `entries/${createHash("sha256").update(code).digest("hex").slice(0, 32)}`;
  writeOnce(bundlePath(operation), code);
  return operation;
}

function compile(entry: string, file: string): Uint8Array {
  try {
    const { outputFiles } = buildSync({
      stdin: { contents: adapter(file), resolveDir: dirname(file), sourcefile: "entry.ts" },
      absWorkingDir: dirname(file),
      bundle: true,
      minify: true,
      write: false,
      platform: "node",
      target: "node24",
      format: "cjs",
      mainFields: ["module", "main"],
      legalComments: "none",
      logLevel: "silent",
    });
    return outputFiles[0]?.contents ?? new Uint8Array();
  } catch (error) {
    throw new pulumi.RunError(`entry ${JSON.stringify(entry)} cannot be bundled: ${String(error)}`);
  }
}

/** Handlers of this project export `createHandler`; others may export what Lambda calls, `handler`. */
function adapter(file: string): string {
  return [
    `import * as entry from ${JSON.stringify(`./${file.slice(dirname(file).length + 1)}`)};`,
    "export function createHandler(settings) {",
    "  const { createHandler, handler } = { ...entry };",
    "  if (!createHandler && !handler) {",
    '    throw new Error("The entry exports neither createHandler nor handler.");',
    "  }",
    "  return createHandler ? createHandler(settings) : handler;",
    "}",
  ].join("\n");
}

/** Another run, at the same time, must never read half a file. */
function writeOnce(path: string, contents: Uint8Array): void {
  if (existsSync(path)) {
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
