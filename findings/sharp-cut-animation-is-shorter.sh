#!/usr/bin/env bash
# sharp 0.35.5, animated GIF.
# Expected: failOn "warning", the default, fails for a file that is cut off, as it does for JPEG and PNG.
# Seen: a GIF that is cut off between or within frames is decoded as an animation of fewer frames, without an error.
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
  const frame = (background) => ({ create: { width: 20, height: 10, channels: 3, background } });
  const frames = await Promise.all(
    ["red", "lime", "blue"].map((color) => sharp(frame(color)).png().toBuffer()),
  );
  const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: 100 }).toBuffer();
  const png = frames[0];
  const read = async (bytes) => {
    const { info } = await sharp(bytes, { animated: true }).raw().toBuffer({ resolveWithObject: true });
    return info.height / 10;
  };
  const whole = await read(gif);
  const cut = await read(gif.subarray(0, Math.floor(gif.length * 0.75)));
  console.log("frames of the whole GIF:", whole, "- of three quarters of its bytes:", cut);
  assert.deepEqual([whole, cut], [3, 2]);
  await assert.rejects(read(png.subarray(0, Math.floor(png.length * 0.75))));
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
