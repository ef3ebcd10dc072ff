import type { Project } from "../engine/project";
import { loadStackConfig } from "../engine/stack-config";
import type { StackConfig } from "../engine/stack-config";
import type { Options } from "./options";
import type { Redactor } from "./redactor";

/**
 * The config of the stack that a command is for. Prints warnings at once, and keeps secrets from being
 * printed from now on.
 *
 * @throws ConfigurationError when it cannot be used.
 */
export async function loadConfig(
  project: Project,
  { stack, config: given, configPath: paths }: Pick<Options, "stack" | "config" | "configPath">,
  redactor: Redactor,
): Promise<StackConfig> {
  const warn = (message: string) => {
    console.error(`warning: ${message}`);
  };
  const config = await loadStackConfig(project, stack, given, { paths, warn });
  redactor.hide(config.secrets);
  return config;
}
