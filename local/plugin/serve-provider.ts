import { createRequire } from "node:module";
import { join } from "node:path";
import { ComputedOutputs } from "../engine/computed-outputs";
import type { Project } from "../engine/project";
import type { Inventory } from "../provider/inventory";
import type { LocalProvider } from "../provider/local-provider";
import { ManagedResources } from "../provider/managed-resources";
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
  /** The packages whose resources the provider is to create. Default: `aws`. */
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
  packages = ["aws"],
  ...options
}: ServeOptions): Promise<ServedProvider> {
  const resources = new ManagedResources({
    ...options,
    archiveDir: join(options.dataDir, "archives"),
    projectDir: project.programDir,
  });
  await resources.restore();
  const server = await startPluginServer({
    provider: options.provider,
    resources,
    computed: new ComputedOutputs(project.dir),
    version: sdkVersion(project),
  });
  const attached = packages.map((name) => `${name}:${server.port}`).join(",");
  return {
    environment: { PULUMI_DEBUG_PROVIDERS: attached },
    resources,
    stop: () => {
      server.stop();
    },
  };
}

/** The version of the AWS provider that the project asks for. */
function sdkVersion(project: Project): string {
  const requireFromProject = createRequire(join(project.dir, "Pulumi.yaml"));
  return (requireFromProject("@pulumi/aws/package.json") as { version: string }).version;
}
