import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { declaredConfig } from "./config-declaration";
import type { ConfigDeclaration } from "./config-declaration";
import { ConfigurationError } from "./configuration-error";
import { readYaml, valueIn } from "./yaml-file";

/** A Pulumi project, read from its `Pulumi.yaml`. */
export interface Project {
  name: string;
  /** The folder of `Pulumi.yaml`. */
  dir: string;
  /** The folder of the stacks' files: that of `stackConfigDir`, by default `dir`. */
  stackDir: string;
  /** The program's working directory: the folder of `main`, by default `dir`. */
  programDir: string;
  /** A file in `programDir`, or `.`, which leaves it to the `main` of `package.json`. */
  entryPoint: string;
  /** Whether TypeScript is compiled as it is loaded. `@default` true */
  typescript: boolean;
  /** Path of the compiler's settings, where it is not `tsconfig.json`. */
  tsconfig?: string;
  /** Arguments of Node.js that go before the program. */
  nodeArgs: readonly string[];
  /** Packages whose provider plugins the project brings along. */
  plugins: readonly string[];
  /** Declared config keys, each with its namespace. */
  config: ReadonlyMap<string, ConfigDeclaration>;
}

/**
 * Reads `Pulumi.yaml`.
 *
 * @throws ConfigurationError when there is none or when it is not valid.
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
export async function loadProject(dir: string): Promise<Project> {
  const root = resolve(dir);
  const document = await readYaml(join(root, "Pulumi.yaml"));
  const file = document.toJS() as Record<string, unknown> | null;
  const { name, main, config } = file ?? {};
  if (typeof name !== "string" || name === "") {
    throw new ConfigurationError(
      "Pulumi.yaml: project is missing a non-empty string 'name' attribute",
    );
  }
  const { options } = nodeRuntime(file?.runtime);
  return {
    name,
    dir: root,
    stackDir: await stackDir(root, file?.stackConfigDir ?? config),
    ...(await programLocation(root, main)),
    typescript: String(options.typescript) !== "false",
    tsconfig: typeof options.tsconfig === "string" ? options.tsconfig : undefined,
    nodeArgs: argumentsOf(options.nodeargs),
    plugins: pluginsOf(file?.plugins),
    config: declaredConfig(name, valueIn("Pulumi.yaml", document.get("config", true), document)),
  };
}

function nodeRuntime(runtime: unknown): { options: Record<string, unknown> } {
  const { name, options } = (typeof runtime === "string" ? { name: runtime } : (runtime ?? {})) as {
    name?: unknown;
    options?: Record<string, unknown>;
  };
  if (name !== "nodejs") {
    throw new ConfigurationError("Pulumi.yaml: only the runtime 'nodejs' can run here");
  }
  return { options: options ?? {} };
}

/** @param given the folder, relative to the project's; `config` may name it, as it used to. */
async function stackDir(root: string, given: unknown): Promise<string> {
  const dir = typeof given === "string" ? resolve(root, given) : root;
  try {
    await readdir(dir);
  } catch (error) {
    throw new ConfigurationError(`Pulumi.yaml: 'stackConfigDir' could not be read: ${dir}`, {
      cause: error,
    });
  }
  return dir;
}

/** https://www.pulumi.com/docs/iac/concepts/projects/project-file/#plugins-options */
function pluginsOf(plugins: unknown): string[] {
  const { providers = [] } = (plugins ?? {}) as { providers?: { name?: unknown }[] };
  return providers.map(({ name }) => String(name));
}

/** Splits at white space, except in quotes. */
function argumentsOf(text: unknown): string[] {
  const words = typeof text === "string" ? text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) : undefined;
  return (words ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

async function programLocation(
  root: string,
  main: unknown,
): Promise<Pick<Project, "programDir" | "entryPoint">> {
  if (typeof main !== "string" || main === "") {
    return { programDir: root, entryPoint: "." };
  }
  const path = resolve(root, main);
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw new ConfigurationError(`Pulumi.yaml: project 'main' could not be read: ${path}`, {
      cause: error,
    });
  }
  return isFolder
    ? { programDir: path, entryPoint: "." }
    : { programDir: dirname(path), entryPoint: basename(path) };
}
