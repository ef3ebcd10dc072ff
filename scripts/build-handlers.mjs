// Bundles the handlers after an installation, so that the first `npm start` or `pulumi up` need not:
// the program does it whenever something has changed. Runs on every Node.js that the project does,
// and without development dependencies.
import { createRequire } from "node:module";
import { build } from "esbuild";

const outfile = "bundle/bundler.cjs";

await build({
  entryPoints: ["components/bundle.ts"],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
});
createRequire(import.meta.url)(`../${outfile}`).bundleHandlers();
