// Runs `local/<name>.ts`: `node local/launch.mjs <name> [arguments]`.
//
// Bundled into one file first, which takes a tenth of a second: loading its three hundred modules
// one by one through a TypeScript loader would take a second and 45 MB more. Errors name lines of the
// TypeScript files with NODE_OPTIONS=--enable-source-maps; reading the map takes half a second.
import { renameSync, writeFileSync } from "node:fs";
import { createRequire, enableCompileCache } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const [name] = process.argv.splice(2, 1);
const file = join(import.meta.dirname, `.${name}.cjs`);
const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, `${name}.ts`)],
  outfile: file,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node24",
  sourcemap: "inline",
  sourcesContent: false,
  write: false,
  logLevel: "warning",
});
// Another launch at the same time must never read half a file.
const draft = `${file}.${process.pid}`;
writeFileSync(draft, outputFiles[0].contents);
renameSync(draft, file);
enableCompileCache();
createRequire(import.meta.url)(file);
