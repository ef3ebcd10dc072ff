/** Values of a resource's inputs and outputs, by Pulumi property name. */
export type Properties = Record<string, unknown>;

/** What the names and ids of a resource are derived from. */
export interface ResourceIdentity {
  /** Counts the resources that have had one URN, from 1, as two exist while one takes the other's place. */
  generation: number;
  /** The URN that the first of them had. Default: the one that the resource has now. */
  origin?: string;
}

/** A resource that the program registered. */
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
  /** The resource as it is, where there is one already that its inputs do not replace. */
  existing?: { id: string; outputs: Properties };
}

/** A resource as the program sees it. */
export interface ResourceState {
  id: string;
  /** All properties: the inputs and what the service computed. */
  outputs: Properties;
  /** Names of outputs that are secret whatever the inputs were, such as an API key's `value`. */
  secretOutputs?: string[];
}

/**
 * A resource that is known, but does not exist yet. It can be known, since the local cloud derives
 * names and identifiers, and AWS's times and random values mean nothing to a program.
 */
export interface PlannedResource extends ResourceState {
  /**
   * Makes the resource exist, or adopts what an earlier start left. Called once, after the resources
   * that this one refers to have been created.
   */
  create: () => void | Promise<void>;
  /**
   * Makes what exists as it is planned; called in place of `create` when only inputs have changed
   * that a resource keeps its identity under. Default: what `create` does, which has to take it.
   */
  update?: () => void | Promise<void>;
  /** Called in place of `create` when nothing has changed since an earlier run. */
  keep?: () => void | Promise<void>;
  /** Makes the resource cease to exist, or fails as AWS would. Default: it leaves nothing behind. */
  remove?: () => void | Promise<void>;
  /**
   * Fails as `remove` would now. Default: nothing keeps it from being removed.
   *
   * @param goneBefore ids of other resources that will be removed before it.
   */
  requireRemovable?: (goneBefore: ReadonlySet<string>) => void;
  /**
   * What is lost when the resource is removed, such as `3 objects`, or nothing. Default: nothing that
   * its inputs do not have.
   *
   * @param goneBefore as of `requireRemovable`.
   */
  content?: (goneBefore: ReadonlySet<string>) => string | undefined | Promise<string | undefined>;
  /**
   * Brings back what exists when the local cloud is started again. Default: what `create` does;
   * services that keep their resources on the disk have nothing to do.
   */
  restore?: () => void | Promise<void>;
  /**
   * The inputs as they are in effect now, which calls from outside may have changed, or nothing when
   * the resource is gone. Default: nothing but the provider can change it.
   */
  read?: () => Properties | undefined | Promise<Properties | undefined>;
}

/** Plans resources of one type. What it throws is wrong with the inputs. */
export type PlanResource = (request: ResourceRequest) => PlannedResource | Promise<PlannedResource>;

/** Planners by resource type. */
export type ResourceTypes = Readonly<Record<string, PlanResource>>;

/** Provider functions by token, such as `aws:index/getCallerIdentity:getCallerIdentity`. */
export type Invokes = Readonly<Record<string, (args: Properties) => Promise<Properties>>>;
