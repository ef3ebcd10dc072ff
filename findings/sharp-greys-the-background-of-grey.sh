#!/usr/bin/env bash
# sharp 0.35.5, grey PNG, laid on a green canvas and flattened on green.
# Expected: the canvas is green, 0, 255, 0, as that of the same picture in colours; what is half transparent is half green.
# Seen: the canvas is light grey, 182, 182, 182; flattened on green, it is as on black, and on red as on white.
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
  const background = { r: 128, g: 128, b: 128, alpha: 0.5 };
  const colours = await sharp({ create: { width: 16, height: 16, channels: 4, background } })
    .png()
    .toBuffer();
  const grey = await sharp(colours).toColourspace("b-w").png().toBuffer();
  const pixel = async (image) =>
    [...(await image.toColourspace("srgb").raw().toBuffer()).subarray(0, 3)].join();
  const seen = {};
  for (const [name, original] of Object.entries({ colours, grey })) {
    seen[name] = {
      canvas: await pixel(sharp(original).extend({ left: 8, background: "#0f0" })),
      onGreen: await pixel(sharp(original).flatten({ background: "#0f0" })),
      onRed: await pixel(sharp(original).flatten({ background: "#f00" })),
    };
  }
  console.log(seen);
  assert.equal(seen.colours.canvas, "0,255,0");
  assert.notEqual(seen.colours.onGreen, seen.colours.onRed);
  assert.equal(seen.grey.canvas, "182,182,182");
  assert.equal(seen.grey.onGreen, await pixel(sharp(grey).flatten({ background: "#000" })));
  assert.equal(seen.grey.onRed, await pixel(sharp(grey).flatten({ background: "#fff" })));
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
