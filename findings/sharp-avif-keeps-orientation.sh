#!/usr/bin/env bash
# sharp 0.35.5, JPEG with EXIF orientation, turned by rotate(90) without autoOrient.
# Expected: no metadata is written unless asked for, so that every format shows the same picture: 10 x 20 turned to 20 x 10.
# Seen: JPEG, PNG and WebP are 20 x 10, while AVIF alone has the orientation of the input, and is shown as 10 x 20.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 sharp@0.35.5
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const sharp = require("sharp");
async function main() {
  const jpeg = await sharp({ create: { width: 10, height: 20, channels: 3, background: "red" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const seen = {};
  for (const format of ["jpeg", "png", "webp", "avif"]) {
    const written = await sharp(jpeg).rotate(90).toFormat(format).toBuffer();
    const { width, height } = await sharp(written).metadata();
    seen[format] = `${width} x ${height}`;
  }
  console.log(seen);
  assert.deepEqual(seen, { jpeg: "20 x 10", png: "20 x 10", webp: "20 x 10", avif: "10 x 20" });
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
