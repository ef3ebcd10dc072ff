#!/usr/bin/env bash
# sharp 0.35.5, CMYK JPEG with its profile.
# Expected: sRGB as Little CMS has it by the same profile and intent, which is perceptual for both: of this brown,
# ImageMagick 6.9 gives 170, 97, 77.
# Seen: 169, 92, 64: darker and yellower, by a CIE 1976 difference of 8. With pipelineColourspace("cmyk"), which is said
# to be about where the image is processed, it is 170, 98, 78.
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
  const background = { r: 170, g: 100, b: 80 };
  const cmyk = await sharp({ create: { width: 16, height: 16, channels: 3, background } })
    .toColourspace("cmyk")
    .withIccProfile("cmyk")
    .jpeg({ quality: 100 })
    .toBuffer();
  const pixel = async (image) => [...(await image.toColourspace("srgb").raw().toBuffer()).subarray(0, 3)];
  const byDefault = await pixel(sharp(cmyk));
  const inCmyk = await pixel(sharp(cmyk).pipelineColourspace("cmyk"));
  console.log("by default:", byDefault.join(", "), "- with pipelineColourspace:", inCmyk.join(", "));
  const distance = (one, other) => Math.max(...one.map((value, index) => Math.abs(value - other[index])));
  const byImageMagick = [170, 97, 77];
  assert.ok(distance(inCmyk, byImageMagick) <= 2);
  assert.ok(distance(byDefault, byImageMagick) >= 10);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
