/** Values of a resource's inputs and outputs, by Pulumi property name. */
export type Properties = Record<string, unknown>;

/** A resource that the program registered, ready to be created. */
export interface ResourceRequest {
  /** Such as `aws:s3/bucket:Bucket`. */
  type: string;
  /** The logical name. */
  name: string;
  urn: string;
  /** Secrets are unwrapped; assets and archives are `pulumi.asset` objects. */
  inputs: Properties;
  /** The folder of `Pulumi.yaml`: relative asset paths start here. */
  projectDir: string;
  /**
   * The physical name: `inputs[property]` if given, or the logical name and a suffix of seven hex
   * digits, as Pulumi's auto-naming makes it. The same at every start on one data folder.
   */
  physicalName(property?: string): string;
  /**
   * An identifier as AWS would issue it, the same at every start on one data folder.
   *
   * @param purpose tells apart several identifiers of one resource.
   */
  stableId(purpose: string, length: number, alphabet: string): string;
}

/** A resource that exists. */
export interface ResourceState {
  id: string;
  /** All properties: the inputs and what the service computed. */
  outputs: Properties;
  /** Names of outputs that are secret whatever the inputs were, such as an API key's `value`. */
  secretOutputs?: string[];
}

/** Creates one type of resource. Called again at the next start: what exists is adopted. */
export type CreateResource = (request: ResourceRequest) => Promise<ResourceState>;

/** Creators by resource type. */
export type ResourceTypes = Readonly<Record<string, CreateResource>>;

/** Provider functions by token, such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export type Invokes = Readonly<Record<string, (args: Properties) => Promise<Properties>>>;
