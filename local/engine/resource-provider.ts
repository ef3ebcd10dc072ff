import type {
  PlannedResource,
  Properties,
  ResourceIdentity,
  ResourceRequest,
} from "../provider/resource";

/** A resource that the program registered: a {@link ResourceRequest} before names are derived. */
export type EngineResource = Omit<ResourceRequest, "existing" | "physicalName" | "stableId">;

/** Plans the resources of a program, each of which can then be created. */
export interface ResourceProvider {
  /** Whether any type or function of a package, such as `aws`, is known. */
  serves(pkg: string): boolean;
  /** Whether creating this type does anything; otherwise the resource is only recorded. */
  emulates(type: string): boolean;
  /**
   * The same characters at every run, if the provider has them; otherwise names are drawn by chance.
   *
   * @param identity as of `plan`.
   */
  stableId?(
    urn: string,
    purpose: string,
    length: number,
    alphabet: string,
    identity?: ResourceIdentity,
  ): string;
  /**
   * What is wrong with a resource's inputs, a sentence each, before it is planned. Inputs that are not
   * known yet are the SDK's `unknown`.
   */
  check(resource: Pick<EngineResource, "type" | "inputs">): readonly string[];
  /**
   * Plans a resource of a type that is emulated. What it throws fails the run when all are planned.
   *
   * @param identity Default: that of the resource which has the URN, or of the first to have it.
   */
  plan(resource: EngineResource, identity?: ResourceIdentity): Promise<PlannedResource>;
  /**
   * Calls a provider function.
   *
   * @param token such as `aws:index/getCallerIdentity:getCallerIdentity`.
   */
  invoke(token: string, args: Properties): Promise<Properties>;
}
