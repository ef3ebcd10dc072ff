#!/usr/bin/env bash
# sharp 0.35.5, GIF of one red frame of 40 x 20 without a transparent colour, on a screen of 60 x 30.
# Expected: where no frame is, it is transparent, as browsers show it.
# Seen: it is opaque, and black there. A frame that states a transparent colour, though it has none, makes it transparent.
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
  const gif = await sharp({ create: { width: 40, height: 20, channels: 3, background: "red" } })
    .gif()
    .toBuffer();
  gif.writeUInt16LE(60, 6);
  gif.writeUInt16LE(30, 8);
  const flags = gif.indexOf(Buffer.of(0x21, 0xf9, 4)) + 3;
  const seen = {};
  for (const states of [1, 0]) {
    const original = Buffer.from(gif);
    original[flags] = (gif[flags] & ~1) | states;
    const { data, info } = await sharp(original).raw().toBuffer({ resolveWithObject: true });
    seen[states] = [info.width, info.height, ...data.subarray(-info.channels)].join();
  }
  console.log("with a transparent colour:", seen[1], "- without:", seen[0]);
  assert.equal(seen[1], "60,30,0,0,0,0");
  assert.equal(seen[0], "60,30,0,0,0");
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
