// Uploads by a bundle, and writes what memory that takes to stderr, as JSON: stdout has the function's log.
// Usage: node measure-memory.cjs <bundle> <file with the event of a small upload> <of a large one> <how many>
const { Buffer } = require("node:buffer");
const { readFileSync } = require("node:fs");
const process = require("node:process");

const [, , bundle, small, large, count] = process.argv;
/** As many as V8's optimising compilers need to begin: their code, which is in memory from then on, is idle's. */
const smallUploads = 100;
const mebibyte = 1024 ** 2;

const handler = require(bundle).createHandler(process.env);
const context = { awsRequestId: "invocation", getRemainingTimeInMillis: () => 30_000 };

/** As a runtime does, which is given text. */
async function upload(file) {
  const event = JSON.parse(readFileSync(file, "utf8"));
  const { statusCode, body } = await handler(event, context);
  if (statusCode !== 201) {
    throw new Error(`An upload was answered with ${statusCode}: ${body}`);
  }
  return Buffer.byteLength(event.body);
}

/** In MB. The process's own: what getrusage says begins with what the parent had. */
function peak() {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

async function main() {
  for (let index = 0; index < smallUploads; index++) {
    await upload(small);
  }
  const idle = process.memoryUsage.rss() / mebibyte;
  const body = (await upload(large)) / mebibyte;
  const first = peak() - idle;
  for (let index = 1; index < Number(count); index++) {
    await upload(large);
  }
  process.stderr.write(JSON.stringify({ body, first, all: peak() }), () => process.exit());
}

main();
