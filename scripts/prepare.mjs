// Done once after an installation, so that the first `npm start` or `pulumi up` need not: bundles the
// handlers and lays out the native modules beside them, which the program does itself whenever
// something has changed, and lets Node.js keep the compiled code of the packages that take longest
// to load. Runs on every Node.js that the project does, and without development dependencies.
import nodeModule, { createRequire } from "node:module";
import process from "node:process";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const outdir = "bundle";

// Since Node.js 22.1.
nodeModule.enableCompileCache?.();
for (const name of ["@pulumi/aws", "@pulumi/awsx", "zod"]) {
  require(name);
}

await build({
  entryPoints: { bundler: "components/bundle.ts", installer: "components/native-modules.ts" },
  outdir,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  packages: "external",
  platform: "node",
});
require(`../${outdir}/bundler.cjs`).bundleHandlers();
try {
  require(`../${outdir}/installer.cjs`).provideNativeModules();
} catch (error) {
  // Whoever installs from a cache alone can still run all that does not deploy.
  process.emitWarning(error.message);
}
