import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { build, type BuildOptions } from "esbuild";
import { readJson } from "../../local/aws/files";

/**
 * Bundles the functions of a checkout, those of which a source has changed.
 *
 * @param checkout its folder.
 * @returns the folder that the bundles lie in.
 */
export async function bundlesOf(checkout: string, signal: AbortSignal): Promise<string> {
  const script = 'require("./components/bundle").bundleHandlers()';
  const args = ["--import", "tsx", "--eval", script];
  await promisify(execFile)(process.execPath, args, { cwd: checkout, signal });
  return join(checkout, "bundle");
}

/** The functions that have a bundle in a folder, by name. */
export function functionsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .map((file) => basename(file, ".js"))
    .sort();
}

/**
 * Bundles what POST /images runs as a checkout deploys it, with its clients of AWS beside it.
 *
 * @param file what is written.
 */
export async function bundleUpload(
  checkout: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const recipe = readJson(join(await bundlesOf(checkout, signal), "esbuild.json"));
  const { options } = recipe as { options: BuildOptions };
  const contents = `
    export { createHandler } from "./handlers/upload-image";
    export { S3Client } from "@aws-sdk/client-s3";
    export { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";`;
  await build({
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
