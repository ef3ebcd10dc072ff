// Loads a function, as Lambda does, and lets it handle one event, in a process of its own:
// `measure-cold-start.cjs <bundle> <event>`. Writes to stderr what that took, as JSON: stdout has the
// function's log.
const { readFileSync } = require("node:fs");
const { performance } = require("node:perf_hooks");
const process = require("node:process");

const [, , bundle, eventFile] = process.argv;
const event = JSON.parse(readFileSync(eventFile, "utf8"));
const context = { awsRequestId: "invocation", getRemainingTimeInMillis: () => 30_000 };

async function measure() {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const handler = require(bundle).createHandler(process.env);
  const { statusCode, body } = await handler(event, context);
  const end = performance.now();
  const { user, system } = process.cpuUsage(cpuBefore);
  if (statusCode >= 400) {
    throw new Error(`It was answered ${statusCode}: ${body}`);
  }
  const taken = { totalMs: end - start, cpuMs: (user + system) / 1000 };
  process.stderr.write(JSON.stringify(taken), () => process.exit());
}

void measure();
