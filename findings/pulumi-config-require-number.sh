#!/usr/bin/env bash
# @pulumi/pulumi 3.276.0, Config.requireNumber.
# Expected: a text that is no number as JavaScript or YAML writes it is refused, or read as it is meant.
# Seen: the text is read as far as it goes: "1_000" is 1, "0x10" is 0 and "5 GB" is 5, without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @pulumi/pulumi@3.276.0
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
process.env.PULUMI_CONFIG = JSON.stringify({ "p:a": "1_000", "p:b": "0x10", "p:c": "5 GB" });
const { Config } = require("@pulumi/pulumi");
const config = new Config("p");
const seen = ["a", "b", "c"].map((key) => config.requireNumber(key));
console.log("1_000, 0x10 and 5 GB are read as", seen);
assert.deepEqual(seen, [1, 0, 5]);
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
