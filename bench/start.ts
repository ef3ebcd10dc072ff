/**
 * How long `npm start` takes until it is ready, and how much of that is due to the policy pack.
 *
 * Exits with 1 when the pack makes a start more than half as long again.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const maxRatio = 1.5;
const rounds = 3;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "bench-start-"));
  const ready = (...options: string[]) => secondsUntilReady(["--data", dataDir, ...options]);
  try {
    await ready();
    const checked: number[] = [];
    const unchecked: number[] = [];
    for (let round = 0; round < rounds; round++) {
      checked.push(await ready());
      unchecked.push(await ready("--no-policy"));
    }
    report(Math.min(...checked), Math.min(...unchecked));
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

/** Starts the local run with no data, and stops it again. */
async function secondsUntilReady(options: readonly string[]): Promise<number> {
  const args = ["start", "--", "--port", "0", "--fresh", ...options];
  // A group of its own, so that Ctrl-C can be sent to npm and to what it started.
  const child = spawn("npm", args, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    output += String(chunk);
    const [, seconds] = /Ready in ([\d.]+) s/.exec(output) ?? [];
    if (seconds !== undefined && child.pid !== undefined) {
      process.kill(-child.pid, "SIGINT");
      await closed;
      return Number(seconds);
    }
  }
  throw new Error(`npm start failed:\n${output}`);
}

function report(checked: number, unchecked: number): void {
  const ratio = checked / unchecked;
  console.log(`npm start: ready in ${checked.toFixed(1)} s, the fastest of ${rounds}`);
  console.log(
    `with --no-policy: ${unchecked.toFixed(1)} s, of which it is ${ratio.toFixed(2)} times`,
  );
  if (ratio > maxRatio) {
    console.error(`error: the policy pack may take no more than ${maxRatio} times`);
    process.exitCode = 1;
  }
}

void main();
