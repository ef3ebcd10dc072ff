#!/usr/bin/env bash
# @aws-lambda-powertools/metrics 2.35.0 beside @aws-lambda-powertools/logger 2.35.0.
# Expected: publishing when nothing was counted prints nothing; what Powertools prints is JSON, a line each.
# Seen: a warning in plain text between the lines, which Logs Insights and filters by field do not read as JSON: at each
# run that counts nothing, and for every run again, unless the metrics are given the logger.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @aws-lambda-powertools/logger@2.35.0 @aws-lambda-powertools/metrics@2.35.0
cat >function.cjs <<'JS'
const { Logger } = require("@aws-lambda-powertools/logger");
const { Metrics } = require("@aws-lambda-powertools/metrics");

const logger = new Logger({ serviceName: "images" });
const given = process.argv[2] === "logger" ? { logger } : {};
const metrics = new Metrics({ namespace: "example", serviceName: "images", ...given });

for (const count of [1, 0, 0]) {
  logger.info("received");
  if (count > 0) {
    metrics.addMetric("uploads", "Count", count);
  }
  metrics.publishStoredMetrics();
}
JS
cat >seen.cjs <<'JS'
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");

function linesOf(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, ["function.cjs", ...args], { encoding: "utf8" });
  return `${stdout}${stderr}`.trim().split("\n");
}

const isPlain = (line) => !line.startsWith("{");
const seen = linesOf();
console.log(seen.join("\n"));
assert.deepEqual([seen.length, seen.filter(isPlain).length], [6, 2]);
assert.deepEqual([linesOf("logger").length, linesOf("logger").filter(isPlain).length], [6, 0]);
JS
PATH="$work/node_modules/.bin:$PATH" POWERTOOLS_DEV="" node seen.cjs
