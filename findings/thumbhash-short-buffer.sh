#!/usr/bin/env bash
# thumbhash 0.1.1, rgbaToThumbHash.
# Expected: a buffer that is too short for the width and height is refused, as one dimension above 100 is.
# Seen: it is hashed, so that RGB given for RGBA, or a wrong width, is a wrong placeholder and no error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 thumbhash@0.1.1
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
import("thumbhash").then(({ rgbaToThumbHash }) => {
  const rgb = new Uint8Array(60 * 40 * 3).fill(128);
  const hash = rgbaToThumbHash(60, 40, rgb);
  console.log("60 x 40 pixels of three bytes:", hash.length, "bytes of hash");
  assert.ok(hash.length > 0);
  assert.throws(() => rgbaToThumbHash(101, 40, rgb));
});
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
