import type { Properties } from "../provider/resource";

/** A resource as the program registered it, and what came of it. */
export interface RegisteredResource {
  urn: string;
  /** Such as `aws:s3/bucket:Bucket`. */
  type: string;
  /** The logical name. */
  name: string;
  /** False for components, which exist in the program only. */
  custom: boolean;
  /** True for components that a provider plugin makes, with their children. */
  remote?: boolean;
  /** The parent's URN; only the stack itself has none. */
  parent?: string;
  /** `<URN>::<id>` of the provider resource; components have none. */
  provider?: string;
  /** Version of the provider that the program's SDK asks for. */
  providerVersion?: string;
  /** Where the program created it; absent where no file of the project did. */
  source?: SourcePosition;
  /** In the form in which they travel: secrets, assets and unknown values are structs with signature keys. */
  inputs: Properties;
  /** URNs of the resources that must exist before this one. */
  dependencies: string[];
  /** URNs of the resources that an input's value comes from, by input. */
  propertyDependencies: Record<string, string[]>;
  options: ResourceOptions;
  /** Given by the provider; absent for components and in a dry run. */
  id?: string;
  /** In the same form as `inputs`; absent until the resource has been planned. */
  outputs?: Properties;
}

/** A place in a file of the project. */
export interface SourcePosition {
  /** Relative to the project's folder, with slashes. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** When a hook of a resource is called. */
export type HookMoment = (typeof hookMoments)[number];

export const hookMoments = [
  "beforeCreate",
  "afterCreate",
  "beforeUpdate",
  "afterUpdate",
  "beforeDelete",
  "afterDelete",
  "onError",
] as const;

/** The names of a resource's hooks, in the order of their calls. */
export type HookNames = Partial<Record<HookMoment, string[]>>;

/** https://www.pulumi.com/docs/iac/concepts/resources/options/ */
export interface ResourceOptions {
  /** URNs that the resource may have had before. */
  aliases: string[];
  additionalSecretOutputs: string[];
  customTimeouts: { create?: string; update?: string; delete?: string };
  deletedWith?: string;
  /** Absent where the program leaves it to the provider. */
  deleteBeforeReplace?: boolean;
  hooks: HookNames;
  ignoreChanges: string[];
  import?: string;
  protect: boolean;
  replaceOnChanges: string[];
  retainOnDelete: boolean;
}

/** Those of a resource for which none are given. */
export function noOptions(): ResourceOptions {
  return {
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: {},
    hooks: {},
    ignoreChanges: [],
    protect: false,
    replaceOnChanges: [],
    retainOnDelete: false,
  };
}
