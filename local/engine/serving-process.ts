import { once } from "node:events";
import { createInterface } from "node:readline";
import { loopback } from "../aws/http";
import { endGroup, spawnGroup } from "./process-group";
import { ConfigurationError } from "./configuration-error";

export interface ServingProcessOptions {
  /** Of Node.js. */
  args: string[];
  /** The folder that it runs in. */
  dir: string;
  env: NodeJS.ProcessEnv;
  /** What it is, for the message when it does not start. */
  subject: string;
  /** Called with each line that it prints once it serves, on either stream. */
  onLine?: (line: string) => void;
}

/** A process that serves gRPC. */
export interface ServingProcess {
  /** `host:port`. */
  address: string;
  /** What it printed last, on either stream. */
  printed: () => string;
  /** Ends the process, which never ends by itself. */
  stop: () => Promise<void>;
}

/** How many lines are kept of what a process prints. */
const keptLines = 20;

/**
 * Starts a process that prints its port first, as Pulumi's plugins do, and waits until it serves.
 *
 * @throws ConfigurationError when it does not, with what it printed.
 */
export async function startServing(options: ServingProcessOptions): Promise<ServingProcess> {
  const child = spawnGroup(options.args, options.dir, options.env);
  const closed = once(child, "close");
  const lines: string[] = [];
  const printed = () => lines.join("\n");
  const progress = { serves: false };
  const keep = (line: string) => {
    lines.push(line);
    lines.splice(0, lines.length - keptLines);
    if (progress.serves) {
      options.onLine?.(line);
    }
  };
  const stdout = createInterface({ input: child.stdout }).on("line", keep);
  createInterface({ input: child.stderr }).on("line", keep);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      endGroup(child);
    }
    await closed;
  };
  const [port] = (await Promise.race([once(stdout, "line"), closed])) as unknown[];
  if (typeof port !== "string" || !/^\d+$/.test(port)) {
    await stop();
    throw new ConfigurationError(`${options.subject} failed to start:\n${printed()}`);
  }
  progress.serves = true;
  return { address: `${loopback}:${port}`, printed, stop };
}
