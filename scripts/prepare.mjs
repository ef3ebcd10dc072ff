// Done once after an installation, so that the first `npm start` or `pulumi up` need not: bundles the
// handlers, which the program does itself whenever something has changed, and lets Node.js keep the
// compiled code of the packages that take longest to load. Runs on every Node.js that the project
// does, and without development dependencies.
import nodeModule, { createRequire } from "node:module";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const outfile = "bundle/bundler.cjs";

// Since Node.js 22.1.
nodeModule.enableCompileCache?.();
for (const name of ["@pulumi/aws", "@pulumi/awsx", "zod"]) {
  require(name);
}

await build({
  entryPoints: ["components/bundle.ts"],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
});
require(`../${outfile}`).bundleHandlers();
