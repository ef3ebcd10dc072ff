import type { NameMaking } from "./checked-names";
import type { DynamicRecords } from "./dynamic-records";
import type { EngineEvent } from "./events";
import type { PriorState } from "./prior-state";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import type { StackConfig } from "./stack-config";
import type { FindStackOutputs } from "./stack-reference";
import type { StackIdentity } from "./urn";

export interface DeploymentOptions extends StackIdentity, NameMaking {
  config: StackConfig;
  /** The folder of `Pulumi.yaml`, without symbolic links. */
  projectDir: string;
  /** Relative paths of assets start here, and packages are resolved from here. */
  programDir: string;
  /** Packages whose provider plugins the project brings along. */
  plugins: readonly string[];
  /** It may still be starting. */
  provider: ResourceProvider | Promise<ResourceProvider>;
  /** What exists of the program's dynamic resources. Default: nothing. */
  dynamicRecords?: Promise<DynamicRecords>;
  /** What earlier runs have left of all others. Default: nothing. */
  priorState?: Promise<PriorState>;
  findStackOutputs: FindStackOutputs;
  dryRun: boolean;
  /** Leaves unknown what the provider lacks, as the program is only judged. */
  judgeOnly: boolean;
  /** Looks at each resource before it is planned, and may replace its `inputs`. */
  analyze?: (resource: RegisteredResource) => Promise<void>;
  onEvent: (event: EngineEvent) => void;
  /**
   * Called when the program says that it has succeeded, which some versions of the SDK do not. The
   * program is to live on until what this returns is fulfilled, as its hooks are in its process.
   */
  onSuccess: () => Promise<void> | void;
}
