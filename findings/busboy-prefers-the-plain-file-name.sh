#!/usr/bin/env bash
# @fastify/busboy 3.2.6, a file part with both filename and filename*, as programs send it for old servers.
# Expected: filename* is preferred, which alone can say what is not ASCII.
# Seen: with a quoted field name the plain fallback is taken; without the quotes the other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @fastify/busboy@3.2.6
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { Busboy } = require("@fastify/busboy");
const fileName = (field) =>
  new Promise((resolve) => {
    const parser = new Busboy({ headers: { "content-type": "multipart/form-data; boundary=x" } });
    parser.on("file", (_name, stream, name) => {
      stream.resume();
      resolve(name);
    });
    parser.end(
      `--x\r\nContent-Disposition: form-data; name=${field}; filename="Strasse.png"; ` +
        `filename*=UTF-8''Stra%C3%9Fe.png\r\nContent-Type: image/png\r\n\r\n.\r\n--x--\r\n`,
    );
  });
Promise.all([fileName('"image"'), fileName("image")]).then((names) => {
  console.log('name="image":', names[0], "- name=image:", names[1]);
  assert.deepEqual(names, ["Strasse.png", "Straße.png"]);
});
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
