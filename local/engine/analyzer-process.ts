import { createRequire } from "node:module";
import { join } from "node:path";
import { loopback } from "../aws/http";
import { hostEnvironment } from "./host-environment";
import { compiledPack, sdkPreload } from "./sdk-preload";
import { startServing } from "./serving-process";
import type { ServingProcess } from "./serving-process";
import type { StackConfig } from "./stack-config";
import type { StackIdentity } from "./urn";

export interface PackProcessOptions extends StackIdentity {
  /** The pack's folder, an absolute path. */
  dir: string;
  /** Whether it needs no compiler. */
  isCompiled: boolean;
  config: StackConfig;
  dryRun: boolean;
}

/**
 * Starts a policy pack as Pulumi's engine does, and waits until it serves.
 *
 * @throws ConfigurationError when it does not, with what it printed.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/analyzer_plugin.go
 */
export async function startPackProcess(options: PackProcessOptions): Promise<ServingProcess> {
  const { dir, isCompiled } = options;
  return await startServing({
    args: packArguments(dir, isCompiled),
    dir,
    env: packEnvironment(options),
    subject: `The policy pack ${dir}`,
  });
}

function packArguments(dir: string, isCompiled: boolean): string[] {
  const requireFromPack = createRequire(join(dir, "PulumiPolicy.yaml"));
  // A pack is given the engine's address and passes over it: nothing serves there.
  const runner = requireFromPack.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  return [...sdkPreload, ...(isCompiled ? compiledPack : []), runner, `${loopback}:0`, "."];
}

function packEnvironment({ dir, project, stack, config, dryRun }: PackProcessOptions) {
  const settings = {
    ORGANIZATION: "organization",
    PROJECT: project,
    STACK: stack,
    DRY_RUN: String(dryRun),
  };
  return {
    ...hostEnvironment(dir),
    PULUMI_CONFIG: JSON.stringify(config.values),
    ...Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => [
        [`PULUMI_${name}`, value],
        [`PULUMI_NODEJS_${name}`, value],
      ]),
    ),
  };
}
