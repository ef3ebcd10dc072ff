#!/usr/bin/env bash
# sharp 0.35.5, resize with withoutEnlargement.
# Expected: the result of a small image is no larger than the image, whatever the fit.
# Seen: so it is with every fit but contain, which gives the whole canvas that was asked for.
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
  const image = await sharp({ create: { width: 20, height: 10, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const seen = {};
  for (const fit of ["cover", "fill", "inside", "outside", "contain"]) {
    const { info } = await sharp(image)
      .resize(400, 300, { fit, withoutEnlargement: true })
      .toBuffer({ resolveWithObject: true });
    seen[fit] = `${info.width} x ${info.height}`;
  }
  console.log("20 x 10 into 400 x 300:", seen);
  const { contain, ...others } = seen;
  assert.deepEqual([...new Set(Object.values(others))], ["20 x 10"]);
  assert.equal(contain, "400 x 300");
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
