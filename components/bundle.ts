import { mkdirSync, readdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type BuildOptions, buildSync, type Metafile, stop, version } from "esbuild";
import { isAnyNewer, isCurrent, readRecord, recordBundling } from "./bundle-record";
import { nativeModules } from "./native-modules";

const projectRoot = realpathSync(path.dirname(__dirname));

const recordFile = "bundle/record.json";

/**
 * Lies beside what was built and says how, for tools that build it again when a source changes: the
 * `options` of esbuild, with paths relative to the project's folder, and of its `metafile` the outputs
 * with the sources that each was made of, packages left out.
 */
const recipeFile = "esbuild.json";

/** Resolution of modules depends on these too, though no bundle contains them. */
const surroundings = ["tsconfig.json", "package-lock.json", "node_modules/.package-lock.json"];

/**
 * Bundles each of `handlers/<operation>.ts`, with all that it imports, into `bundle/<operation>.js`:
 * the same bytes from the same sources, wherever the project lies. Takes all at once, since they
 * share most of what they import, and does nothing where nothing has changed since the last time.
 *
 * @param operations which ones. `@default` every one that there is
 * @throws RunError when a handler does not compile, or when the program does not run in the
 * project's folder, to which Pulumi changes from wherever it is called.
 */
export function bundleHandlers(operations?: readonly string[]): void {
  bundleWhereChanged(recordFile, buildOptions(operations ?? allOperations()));
}

/**
 * Builds by `options`, into the folder that they name, unless nothing has changed since the last time.
 *
 * @param record the file that remembers the last time.
 * @throws RunError as `bundleHandlers` does.
 */
export function bundleWhereChanged(record: string, options: FolderOptions): void {
  if (realpathSync(process.cwd()) !== projectRoot) {
    throw new pulumi.RunError(
      `Functions can only be bundled in the project's folder, ${projectRoot}: paths in archives ` +
        `are relative to the working directory, which is ${process.cwd()}.`,
    );
  }
  const recipe = JSON.stringify({ version, options, recipeFile });
  if (isCurrent(readRecord(record), recipe)) {
    return;
  }
  const startedAt = Date.now();
  const { inputs, outputs } = compile(options);
  for (const { file, contents } of outputs) {
    writeAtomically(file, contents);
  }
  if (isAnyNewer(inputs, startedAt)) {
    // Perhaps read before the change: the next run bundles anew.
    return;
  }
  const files = [...inputs, ...outputs.map(({ file }) => file), ...surroundings];
  writeAtomically(record, JSON.stringify(recordBundling(recipe, files)));
}

/**
 * Path of an operation's bundle: relative to the project's folder and beginning with a dot, so that
 * it is the same in an archive, and the way to load it there.
 */
export function bundlePath(operation: string): string {
  return `./bundle/${operation}.js`;
}

function allOperations(): string[] {
  return readdirSync("handlers", { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ name }) => path.basename(name, ".ts"))
    .sort();
}

/** What deployed functions have in the place of packages of the AWS SDK. */
const lightClients = Object.fromEntries(
  [
    "client-cloudfront",
    "client-dynamodb",
    "client-eventbridge",
    "client-s3",
    "client-ssm",
    "lib-dynamodb",
    "s3-presigned-post",
    "s3-request-presigner",
  ].map((name) => [`@aws-sdk/${name}`, `./handlers/aws/light/${name}.ts`]),
);

/** What is built from where, and into which folder. */
export type FolderOptions = BuildOptions & { outdir: string };

function buildOptions(operations: readonly string[]): FolderOptions {
  return {
    entryPoints: operations.map((operation) => `handlers/${operation}.ts`),
    outdir: "bundle",
    bundle: true,
    minify: true,
    // Beside the bundles, which do not refer to them, and never in the archives: a map is twice as large
    // as its bundle, slows down the start of every process that may read it, and shows the sources to
    // whoever may get the function's code. A local run reads it, and so can whoever has a deployed
    // function's stack trace and has built the same commit.
    sourcemap: "external",
    sourcesContent: false,
    external: [...nativeModules],
    alias: lightClients,
    // Where the SDK's parts import something when they need it, they would start the loader of ES modules.
    supported: { "dynamic-import": false },
    platform: "node",
    target: "node24",
    format: "cjs",
    // Of packages that have both, the ES modules: what is not used of them can be left out.
    mainFields: ["module", "main"],
    legalComments: "none",
  };
}

function compile(options: FolderOptions) {
  try {
    const { metafile, outputFiles } = buildSync({
      ...options,
      write: false,
      metafile: true,
      logLevel: "silent",
      absWorkingDir: projectRoot,
    });
    return {
      inputs: Object.keys(metafile.inputs),
      outputs: [
        ...outputFiles.map(({ path: file, contents }) => ({
          file: path.relative(projectRoot, file),
          contents,
        })),
        { file: path.join(options.outdir, recipeFile), contents: recipeOf(options, metafile) },
      ],
    };
  } catch (error) {
    throw new pulumi.RunError(`The handlers cannot be bundled: ${String(error)}`);
  } finally {
    // Its process has 400 MB, and would stay as long as the program.
    void stop();
  }
}

function recipeOf(options: FolderOptions, { outputs }: Metafile): string {
  const own = Object.entries(outputs).map(([file, { entryPoint, inputs }]) => {
    const sources = Object.entries(inputs).filter(([source]) => !source.includes("node_modules/"));
    return [file, { entryPoint, inputs: Object.fromEntries(sources) }] as const;
  });
  return JSON.stringify({ options, metafile: { outputs: Object.fromEntries(own) } });
}

/** Another run of the program, at the same time, must never read half a file. */
function writeAtomically(file: string, contents: Uint8Array | string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}
