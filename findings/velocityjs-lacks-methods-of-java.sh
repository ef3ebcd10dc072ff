#!/usr/bin/env bash
# velocityjs 2.1.7, of which local API Gateways make mapping templates.
# Expected: what Velocity calls on texts and lists are Java's methods, as in API Gateway: matches, contains, isEmpty.
# Seen: they are nothing, without an error, so that every condition is the other way round than on AWS where it
# negates them; JavaScript's methods work instead, which AWS does not have.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 velocityjs@2.1.7
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { render } = require("velocityjs");
const allows = (condition) =>
  render(`#if(${condition})yes#{else}no#end`, { origin: "https://a.example", list: ["https://a.example"] });
const seen = {
  '$origin.matches("https://.*")': allows('$origin.matches("https://.*")'),
  "$list.contains($origin)": allows("$list.contains($origin)"),
  "!$list.contains($origin)": allows("!$list.contains($origin)"),
  "$list.includes($origin)": allows("$list.includes($origin)"),
};
console.log(seen);
assert.deepEqual(Object.values(seen), ["no", "no", "yes", "yes"]);
JS
PATH="$work/node_modules/.bin:$PATH" node seen.cjs
