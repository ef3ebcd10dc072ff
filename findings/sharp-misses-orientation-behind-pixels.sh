#!/usr/bin/env bash
# sharp 0.35.5, PNG whose chunk eXIf, with orientation 6, lies behind the pixels, where PNG's third edition lets it be.
# Expected: metadata() tells the orientation and autoOrient() turns the picture, as where the chunk lies before the pixels.
# Seen: of the chunk behind, the orientation is undefined and nothing is turned: 20 x 10 stays as it is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 sharp@0.35.5
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { crc32 } = require("node:zlib");
const sharp = require("sharp");
/** A chunk with its length and its checksum. */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
// EXIF of one entry: the tag 0x0112 has the short 6.
const exif = chunk("eXIf", Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex"));
async function main() {
  const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  const places = { before: png.indexOf("IDAT") - 4, behind: png.indexOf("IEND") - 4 };
  const seen = {};
  for (const [place, at] of Object.entries(places)) {
    const image = sharp(Buffer.concat([png.subarray(0, at), exif, png.subarray(at)]));
    const { orientation } = await image.metadata();
    const { info } = await image.autoOrient().raw().toBuffer({ resolveWithObject: true });
    seen[place] = { orientation, size: `${info.width} x ${info.height}` };
  }
  console.log(seen);
  assert.deepEqual(seen, {
    before: { orientation: 6, size: "10 x 20" },
    behind: { orientation: undefined, size: "20 x 10" },
  });
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
