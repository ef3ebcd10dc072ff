import { createRequire } from "node:module";
import { join } from "node:path";
import { ComputedOutputs } from "../engine/computed-outputs";
import type { Project } from "../engine/project";
import type { Inventory } from "../provider/inventory";
import { archiveDirOf } from "../provider/kept-inputs";
import type { LocalProvider } from "../provider/local-provider";
import { ManagedResources } from "../provider/managed-resources";
import { servedPackages } from "../provider/value-packages";
import { startPluginServer } from "./server";

export interface ServeOptions {
  /** Whose program the engine runs. */
  project: Project;
  provider: LocalProvider;
  /** What exists in the local cloud. */
  inventory: Inventory;
  /** The folder of the local cloud's data. */
  dataDir: string;
  /** Gets a line about each resource that cannot be brought back. */
  notify: (line: string) => void;
  /** The packages whose resources the provider is to create. Default: all that it has. */
  packages?: readonly string[];
}

/** A provider that an engine attaches to. */
export interface ServedProvider {
  /** The environment in which the CLI attaches to it. */
  environment: Readonly<Record<string, string>>;
  resources: ManagedResources;
  stop(): void;
}

/** Brings back what exists in the local cloud, and serves its provider to Pulumi's engine. */
export async function serveProvider({
  project,
  packages = servedPackages,
  ...options
}: ServeOptions): Promise<ServedProvider> {
  const resources = new ManagedResources({
    ...options,
    archiveDir: archiveDirOf(options.dataDir),
    projectDir: project.programDir,
  });
  await resources.restore();
  const computed = new ComputedOutputs(project.dir);
  const servers = await Promise.all(
    packages.map(async (name) => {
      const version = sdkVersion(project, name);
      const { provider } = options;
      return { name, ...(await startPluginServer({ provider, resources, computed, version })) };
    }),
  );
  const attached = servers.map(({ name, port }) => `${name}:${port}`).join(",");
  return {
    environment: { PULUMI_DEBUG_PROVIDERS: attached },
    resources,
    stop: () => {
      servers.forEach((server) => {
        server.stop();
      });
    },
  };
}

/** The version of a package's provider that the project asks for; none where it does not. */
function sdkVersion(project: Project, name: string): string {
  const requireFromProject = createRequire(join(project.dir, "Pulumi.yaml"));
  try {
    const sdk = requireFromProject(`@pulumi/${name}/package.json`) as { version: string };
    return sdk.version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") {
      return "";
    }
    throw error;
  }
}
