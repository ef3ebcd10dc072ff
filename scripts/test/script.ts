import { spawn } from "node:child_process";
import { once } from "node:events";
import { endTree } from "../descendants";
import { quickGo } from "./quick-go";

/** What came of a script of `package.json`. */
export interface ScriptResult {
  script: string;
  seconds: number;
  /** What it printed, on both streams. */
  output: string;
  isGood: boolean;
}

/** Runs it. */
export async function runScript(script: string, signal: AbortSignal): Promise<ScriptResult> {
  const start = performance.now();
  const child = spawn("npm", ["run", "--silent", script], {
    stdio: ["ignore", "pipe", "pipe"],
    // In a group of its own, so that Ctrl-C reaches it through us alone.
    detached: true,
    // The compiler holds 4 GiB of types in any case.
    env: { ...process.env, ...quickGo("6GiB") },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const stop = () => {
    if (child.pid !== undefined) {
      endTree(child.pid);
    }
  };
  signal.addEventListener("abort", stop);
  const [code] = (await once(child, "close")) as [number | null];
  signal.removeEventListener("abort", stop);
  const seconds = (performance.now() - start) / 1000;
  return { script, seconds, output, isGood: code === 0 };
}
