import { join } from "node:path";
import { buildSync } from "esbuild";
import { localFolder } from "../../../folder";

let bundled: string | undefined;

/**
 * What functions find around them, as one script for the sandbox's engine. Made when it is first
 * needed, and without a process of esbuild's that stays.
 */
export function runtimeScript(): string {
  if (bundled === undefined) {
    const { outputFiles } = buildSync({
      entryPoints: [join(localFolder, "aws/cloudfront/functions/runtime/main.ts")],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
      // Nothing of the project's own configuration may change what a function runs in.
      tsconfigRaw: {},
    });
    bundled = outputFiles[0]?.text ?? "";
  }
  return bundled;
}
