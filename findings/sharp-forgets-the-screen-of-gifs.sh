#!/usr/bin/env bash
# sharp 0.35.5, GIF of one frame of 40 x 20 on a larger screen, whose size is in the file's header.
# Expected: the image is as large as the screen, whatever that is, as browsers show it.
# Seen: where the screen is 640 x 480, or another of some sizes of monitors, or has more than 2048 pixels a side, the image is as large as its frame; of 641 x 480 it is the screen.
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
  const seen = {};
  for (const [width, height] of [[640, 480], [641, 480], [800, 600], [801, 600], [2049, 600]]) {
    const enlarged = Buffer.from(gif);
    enlarged.writeUInt16LE(width, 6);
    enlarged.writeUInt16LE(height, 8);
    const { info } = await sharp(enlarged).raw().toBuffer({ resolveWithObject: true });
    seen[`${width} x ${height}`] = `${info.width} x ${info.height}`;
  }
  console.log(seen);
  assert.deepEqual(seen, {
    "640 x 480": "40 x 20",
    "641 x 480": "641 x 480",
    "800 x 600": "40 x 20",
    "801 x 600": "801 x 600",
    "2049 x 600": "40 x 20",
  });
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
