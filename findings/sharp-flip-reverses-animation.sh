#!/usr/bin/env bash
# sharp 0.35.5, animated image.
# Expected: flip and rotate(180) turn every frame, or are refused as rotate(90) is, and the frames keep their order.
# Seen: the frames are played from the last to the first, each with the time of another: all frames lie below each
# other in one image, which is turned as a whole.
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
  const frame = (background) => ({ create: { width: 4, height: 4, channels: 3, background } });
  const frames = await Promise.all(
    ["#ff0000", "#00ff00", "#0000ff"].map((color) => sharp(frame(color)).png().toBuffer()),
  );
  const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 200, 300] }).toBuffer();
  const play = async (turn) => {
    const turned = await turn(sharp(gif, { animated: true })).gif().toBuffer();
    const pixels = await sharp(turned, { animated: true }).removeAlpha().raw().toBuffer();
    return [0, 1, 2].map((page) => pixels.subarray(page * 48, page * 48 + 3).toString("hex"));
  };
  const seen = {
    as_it_is: await play((image) => image),
    flop: await play((image) => image.flop()),
    flip: await play((image) => image.flip()),
    rotate_180: await play((image) => image.rotate(180)),
  };
  console.log(seen);
  assert.deepEqual(seen.flop, seen.as_it_is);
  assert.deepEqual(seen.flip, [...seen.as_it_is].reverse());
  assert.deepEqual(seen.rotate_180, seen.flip);
  await assert.rejects(play((image) => image.rotate(90)), /multi-page/);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
