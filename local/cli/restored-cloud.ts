import type { Project } from "../engine/project";
import type { ResourceProvider } from "../engine/resource-provider";
import type { StackIdentity } from "../engine/urn";
import { urnPrefix } from "../engine/urn";
import type { Inventory } from "../provider/inventory";
import { archiveDirOf } from "../provider/kept-inputs";
import { ManagedResources } from "../provider/managed-resources";
import type { LocalCloud } from "./local-cloud";

/** A cloud in which all is there again that a stack had in it. */
export interface RestoredCloud {
  provider: ResourceProvider;
  inventory: Inventory;
  resources: ManagedResources;
}

/** Brings back what a stack has left in a cloud that may still be starting. */
export async function restoreCloud(
  cloud: Promise<LocalCloud>,
  { project, dataDir, identity, notify }: RestoreOptions,
): Promise<RestoredCloud> {
  const { provider, inventory } = await cloud;
  const resources = new ManagedResources({
    ...{ provider, inventory, notify },
    archiveDir: archiveDirOf(dataDir),
    projectDir: project.programDir,
  });
  await resources.restore(({ urn }) => urn.startsWith(urnPrefix(identity)));
  return { provider, inventory, resources };
}

interface RestoreOptions {
  project: Project;
  dataDir: string;
  identity: StackIdentity;
  notify: (line: string) => void;
}
