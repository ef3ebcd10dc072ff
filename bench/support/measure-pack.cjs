// Loads a policy pack, hands it requests as its server would, and prints the seconds of processor time that it takes.
// What moves requests between processes is left out: it is the same for every pack.
// Usage: node measure-pack.cjs <pack> <file of requests, as pack-seconds.ts writes it>
const { Buffer } = require("node:buffer");
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const process = require("node:process");

const [, , pack, file] = process.argv;
const requireFromPack = createRequire(join(pack, "package.json"));
const { Server } = requireFromPack("@grpc/grpc-js");

/** The methods that the pack's policy SDK serves, instead of a server that listens. */
let served;
Server.prototype.addService = (definition, methods) => {
  served = { definition, methods };
};
Server.prototype.bindAsync = () => undefined;

process.chdir(pack);
requireFromPack(pack);

function call(name, data) {
  const request = served.definition[name].requestDeserialize(data);
  return new Promise((resolve, reject) => {
    served.methods[name]({ request }, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
}

async function main() {
  const { analyze, analyzeStack } = JSON.parse(readFileSync(file, "utf8"));
  const start = process.cpuUsage();
  await call("configure", Buffer.alloc(0));
  for (const request of analyze) {
    await call("analyze", Buffer.from(request, "base64"));
  }
  await call("analyzeStack", Buffer.from(analyzeStack, "base64"));
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(`${(user + system) / 1e6}\n`);
}

void main();
