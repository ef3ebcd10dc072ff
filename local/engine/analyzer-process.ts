import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { loopback } from "../aws/http";
import { hostEnvironment } from "./host-environment";
import { endGroup, spawnGroup } from "./process-group";
import { sdkPreload } from "./sdk-preload";
import type { StackConfig } from "./stack-config";
import type { StackIdentity } from "./urn";
import { ConfigurationError } from "./yaml-file";

export interface PackProcessOptions extends StackIdentity {
  /** The pack's folder, an absolute path. */
  dir: string;
  config: StackConfig;
  dryRun: boolean;
}

/** A policy pack that serves. */
export interface PackProcess {
  /** `host:port`. */
  address: string;
  /** What the pack printed last, on either stream. */
  printed: () => string;
  /** Ends the process, which never ends by itself. */
  stop: () => Promise<void>;
}

/** How many lines are kept of what a pack prints. */
const keptLines = 20;

/**
 * Starts a policy pack as Pulumi's engine does, and waits until it serves.
 *
 * @throws ConfigurationError when it does not, with what it printed.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/analyzer_plugin.go
 */
export async function startPackProcess(options: PackProcessOptions): Promise<PackProcess> {
  const child = spawnGroup(packArguments(options.dir), options.dir, packEnvironment(options));
  const closed = once(child, "close");
  const lines: string[] = [];
  const printed = () => lines.join("\n");
  const keep = (line: string) => {
    lines.push(line);
    lines.splice(0, lines.length - keptLines);
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
    throw new ConfigurationError(`The policy pack ${options.dir} failed to start:\n${printed()}`);
  }
  return { address: `${loopback}:${port}`, printed, stop };
}

function packArguments(dir: string): string[] {
  const requireFromPack = createRequire(join(dir, "PulumiPolicy.yaml"));
  // A pack is given the engine's address and passes over it: nothing serves there.
  const runner = requireFromPack.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  return [...sdkPreload, runner, `${loopback}:0`, "."];
}

function packEnvironment({ project, stack, config, dryRun }: PackProcessOptions) {
  const settings = {
    ORGANIZATION: "organization",
    PROJECT: project,
    STACK: stack,
    DRY_RUN: String(dryRun),
  };
  return {
    ...hostEnvironment(),
    PULUMI_CONFIG: JSON.stringify(config.values),
    ...Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => [
        [`PULUMI_${name}`, value],
        [`PULUMI_NODEJS_${name}`, value],
      ]),
    ),
  };
}
