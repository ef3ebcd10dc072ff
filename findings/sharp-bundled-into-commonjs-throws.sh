#!/usr/bin/env bash
# sharp 0.35.5 with esbuild 0.28.2.
# Expected: a package that cannot be bundled fails the build, as its CommonJS form does, or warns.
# Seen: imported from an ES module and bundled into CommonJS, it builds without an error or a warning, and throws
# when the bundle is loaded: it asks for the path of a file that import.meta no longer names.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 sharp@0.35.5 esbuild@0.28.2
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const { buildSync } = require("esbuild");
writeFileSync("handler.mjs", 'import sharp from "sharp"; export const versions = sharp.versions;');
const { errors, warnings } = buildSync({
  entryPoints: ["handler.mjs"],
  outfile: "bundle.cjs",
  bundle: true,
  platform: "node",
  logLevel: "silent",
});
const { status, stderr } = spawnSync(process.execPath, ["bundle.cjs"], { encoding: "utf8" });
console.log("build:", errors.length, "errors,", warnings.length, "warnings");
console.log("load: ", /^\w*Error.*$/m.exec(stderr)?.[0]);
assert.deepEqual([errors, warnings], [[], []]);
assert.notEqual(status, 0);
assert.match(stderr, /ERR_INVALID_ARG_VALUE/);
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
