#!/usr/bin/env bash
# sharp 0.35.5, JPEG, failOn "truncated" and "error".
# Expected: a file of which half of the pixels are missing is refused, and one of which no pixel is missing is not.
# Seen: a file that lacks nothing but the two bytes of its end marker is refused, and one that was cut in the middle
# and then ended by the marker is decoded, half of it grey; only "warning" refuses that, and much else besides.
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
  const noise = { type: "gaussian", mean: 128, sigma: 30 };
  const whole = await sharp({ create: { width: 256, height: 256, channels: 3, noise } }).jpeg().toBuffer();
  const end = Buffer.of(0xff, 0xd9);
  const files = {
    whole,
    without_its_end_marker: whole.subarray(0, -2),
    half_with_an_end_marker: Buffer.concat([whole.subarray(0, whole.length / 2), end]),
  };
  const decode = async (file, failOn) => {
    try {
      await sharp(file, { failOn }).raw().toBuffer();
      return "decoded";
    } catch (error) {
      return error.message.split("\n")[0];
    }
  };
  const seen = {};
  for (const [name, file] of Object.entries(files)) {
    for (const failOn of ["truncated", "error", "warning"]) {
      seen[`${name}, ${failOn}`] = await decode(file, failOn);
    }
  }
  console.log(seen);
  for (const failOn of ["truncated", "error"]) {
    assert.equal(seen[`whole, ${failOn}`], "decoded");
    assert.match(seen[`without_its_end_marker, ${failOn}`], /premature end of JPEG image/);
    assert.equal(seen[`half_with_an_end_marker, ${failOn}`], "decoded");
  }
  assert.match(seen["half_with_an_end_marker, warning"], /premature end of data segment/);
}
main();
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
