import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { listen } from "../../local/aws/http";
import { type Contender, localRunContender } from "./contender";
import { endpointVariables, variablesOf } from "./function-settings";

const projectDir = join(__dirname, "..", "..");
/** Serverless Framework in its open fork, as the original asks for an account. */
const packages = ["osls@3", "serverless-offline@14"];
const startTimeoutMs = 60_000;
/** Of 20 characters and more, as API Gateway wants it. */
const apiKey = "bench-bench-bench-bench";
/** What is measured, by function. */
const routes: Readonly<Record<string, string>> = {
  "get-image": "GET /images/{id}",
  "list-images": "GET /images",
  "upload-image": "POST /images",
};

/**
 * serverless-offline with the program's own handlers, as they are bundled, and the stores of a local
 * run, which serves nothing else. Its packages are installed into a folder for the time being.
 */
export async function serverlessOfflineContender(): Promise<Contender> {
  const stores = await localRunContender("stores");
  const folder = mkdtempSync(join(tmpdir(), "darkroom-offline-"));
  let child: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (child?.exitCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
    await stores.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    writeService(folder, stores.dataDir);
    const install = ["install", "--no-audit", "--no-fund", "--loglevel", "error", ...packages];
    execFileSync("npm", install, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    const port = await freePort();
    child = start(folder, port);
    await untilItListens(child, port);
    return {
      name: "serverless-offline",
      target: { url: `http://127.0.0.1:${port}/v1`, apiKey },
      pids: [...stores.pids, child.pid ?? 0],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** YAML has JSON in it. */
function writeService(folder: string, dataDir: string): void {
  const functions = Object.entries(routes).map(([name, route]) => {
    const [method = "", path] = route.split(" ");
    writeFileSync(
      join(folder, `${name}.js`),
      `exports.handler = require(${JSON.stringify(join(projectDir, "bundle", name))}).createHandler(process.env);\n`,
    );
    return [
      name,
      {
        handler: `${name}.handler`,
        environment: variablesOf(name, dataDir),
        events: [{ http: { method: method.toLowerCase(), path, private: true } }],
      },
    ] as const;
  });
  const service = {
    service: "bench",
    provider: {
      name: "aws",
      runtime: "nodejs22.x",
      stage: "v1",
      // Seconds, as API Gateway lets a function take at most; 6 would be the default.
      timeout: 29,
      environment: endpointVariables(dataDir),
      apiGateway: { apiKeys: [{ name: "bench", value: apiKey }] },
    },
    plugins: ["serverless-offline"],
    functions: Object.fromEntries(functions),
  };
  writeFileSync(join(folder, "package.json"), "{}");
  writeFileSync(join(folder, "serverless.yml"), JSON.stringify(service, undefined, 2));
}

function start(folder: string, port: number): ChildProcess {
  const script = join(folder, "node_modules", "osls", "bin", "serverless.js");
  const args = ["offline", "--host", "127.0.0.1", "--httpPort", String(port)];
  const ports = ["--lambdaPort", "0", "--websocketPort", "0", "--albPort", "0"];
  return spawn(process.execPath, [script, ...args, ...ports], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, SLS_NOTIFICATIONS_MODE: "off" },
    // It logs every request.
    stdio: "ignore",
  });
}

async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error("serverless-offline did not start.");
    }
    await setTimeout(100);
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
