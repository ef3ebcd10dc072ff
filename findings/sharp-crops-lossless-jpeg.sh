#!/usr/bin/env bash
# sharp 0.35.5, lossless JPEG (SOF3) of 16 x 8 pixels, whose values count up from 0, made to be 4 x 2.
# Expected: means of parts of the whole, from about 25 to 103, as of the same pixels in a PNG.
# Seen: 8, 11, 12, 15, 40, 43, 44, 47: a corner is taken for the whole. With pipelineColourspace("b-w"), which lets decoders not scale, it is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 sharp@0.35.5
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const sharp = require("sharp");
const lossless = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/wwALCAAIABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAQUI/9oACAEBAAEAAM/q" +
    "qqqq0FVVVVaCqqqqtBVVVVWgqqqqrQVVVVVoKqqqq0FVVVVf/9k=",
  "base64",
);
async function main() {
  const grey = async (image) => [...(await image.toColourspace("b-w").raw().toBuffer())];
  const png = await sharp(lossless).png().toBuffer();
  const whole = await grey(sharp(lossless));
  const small = (image) => grey(image.resize(4, 2, { fit: "fill" }));
  const seen = await small(sharp(lossless));
  const ofPng = await small(sharp(png));
  console.log("of the JPEG:", seen.join(", "), "- of the PNG:", ofPng.join(", "));
  assert.deepEqual(whole, [...whole.keys()]);
  assert.deepEqual(await small(sharp(lossless).pipelineColourspace("b-w")), ofPng);
  assert.ok(Math.max(...seen) < 50);
  assert.ok(Math.max(...ofPng) > 90);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
