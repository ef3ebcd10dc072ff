import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";

/**
 * The folder with the bundles of a checkout's handlers, which are made anew where a source has changed.
 *
 * @param checkout its folder.
 */
export function bundledHandlers(checkout: string): string {
  const script = 'require("./components/bundle").bundleHandlers()';
  execFileSync(process.execPath, ["--import", "tsx", "--eval", script], {
    cwd: checkout,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(checkout, "bundle");
}

/**
 * Bundles what POST /images runs as a checkout deploys it, with its clients of AWS beside it.
 *
 * @param file what is written.
 */
export function bundleUpload(checkout: string, file: string): void {
  const recipe = readFileSync(join(bundledHandlers(checkout), "esbuild.json"), "utf8");
  const { options } = JSON.parse(recipe) as { options: BuildOptions };
  const contents = `
    export { createHandler } from "./handlers/upload-image";
    export { S3Client } from "@aws-sdk/client-s3";
    export { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";`;
  buildSync({
    ...options,
    entryPoints: [],
    stdin: { contents, resolveDir: checkout },
    outdir: undefined,
    outfile: file,
    sourcemap: false,
    absWorkingDir: checkout,
    logLevel: "silent",
  });
}
