import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** Those that are part of the engine. */
const builtIn = new Set(["pulumi", "pulumi-nodejs"]);

/**
 * Which packages have a provider plugin. `pulumi install` finds them by the npm packages that are
 * installed for the program, whose `package.json` says so; others are named in `Pulumi.yaml`, or on
 * the PATH.
 */
export class InstalledPlugins {
  readonly #programDir: string;
  readonly #known = new Map<string, boolean>();

  /**
   * @param programDir the folder from which the program resolves its packages.
   * @param own packages whose plugins the project brings along.
   */
  constructor(programDir: string, own: readonly string[] = []) {
    this.#programDir = programDir;
    own.forEach((pkg) => this.#known.set(pkg, true));
  }

  has(pkg: string): boolean {
    let found = this.#known.get(pkg);
    if (found === undefined) {
      found = builtIn.has(pkg) || this.#isInstalled(pkg) || isOnPath(`pulumi-resource-${pkg}`);
      this.#known.set(pkg, found);
    }
    return found;
  }

  #isInstalled(pkg: string): boolean {
    const folders = nodeModulesOf(this.#programDir);
    return (
      folders.some((folder) => providerIn(join(folder, "@pulumi", pkg)) !== undefined) ||
      folders.flatMap(packagesIn).some((folder) => providerIn(folder) === pkg)
    );
  }
}

/** The folders that Node.js looks for packages in, the nearest first. */
function nodeModulesOf(dir: string): string[] {
  const parent = dirname(dir);
  const own = join(dir, "node_modules");
  return [...(existsSync(own) ? [own] : []), ...(parent === dir ? [] : nodeModulesOf(parent))];
}

function packagesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith("@")
      ? readdirSync(join(folder, name)).map((scoped) => join(folder, name, scoped))
      : [join(folder, name)],
  );
}

/** The package whose provider an npm package is the SDK of. */
function providerIn(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (!existsSync(file)) {
    return undefined;
  }
  const { name, pulumi } = JSON.parse(readFileSync(file, "utf8")) as {
    name?: string;
    pulumi?: { resource?: boolean; name?: string };
  };
  return pulumi?.resource === true ? (pulumi.name ?? name?.replace(/^@[^/]+\//, "")) : undefined;
}

function isOnPath(file: string): boolean {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, file)));
}
