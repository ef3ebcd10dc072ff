#!/usr/bin/env bash
# sharp 0.35.5, PNG of 16 bits a sample with a profile of sRGB, whose pixels are pure red.
# Expected: sRGB of the same red, 255, 0, 0, since the output has no profile, as of the same picture in 8 bits.
# Seen: 234, 51, 35, or one off: red as Display P3 has it, which everybody takes for sRGB. With pipelineColourspace("srgb") it is 255, 0, 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 sharp@0.35.5
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { crc32, deflateSync } = require("node:zlib");
const sharp = require("sharp");
const red = { create: { width: 16, height: 16, channels: 3, background: "#f00" } };
/** A PNG with a chunk before its pixels. */
function insert(png, type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, "latin1");
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), 8 + data.length);
  const at = png.indexOf("IDAT", undefined, "latin1") - 4;
  return Buffer.concat([png.subarray(0, at), chunk, png.subarray(at)]);
}
async function main() {
  const profiled = await sharp(red).withIccProfile("srgb").png().toBuffer();
  const { icc } = await sharp(profiled).metadata();
  const profile = Buffer.concat([Buffer.from("icc\0\0"), deflateSync(icc)]);
  const pixel = async (image) => [...(await image.raw().toBuffer()).subarray(0, 3)];
  const seen = {};
  for (const space of ["srgb", "rgb16"]) {
    const png = insert(await sharp(red).toColourspace(space).png().toBuffer(), "iCCP", profile);
    const rendered = await sharp(png).png().toBuffer();
    assert.equal((await sharp(rendered).metadata()).hasProfile, false);
    seen[space] = await pixel(sharp(rendered));
    seen[`${space}, with pipelineColourspace`] = await pixel(sharp(png).pipelineColourspace("srgb"));
  }
  console.log(seen);
  assert.deepEqual(seen.srgb, [255, 0, 0]);
  assert.deepEqual(seen["rgb16, with pipelineColourspace"], [255, 0, 0]);
  assert.ok(seen.rgb16[0] < 240 && seen.rgb16[1] > 45, "colours of 16 bits are as expected");
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
