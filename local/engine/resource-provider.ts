import type { Properties, ResourceRequest, ResourceState } from "../provider/resource";

/** A resource that the program registered: a {@link ResourceRequest} before names are derived. */
export type EngineResource = Omit<ResourceRequest, "physicalName" | "stableId">;

/** Creates the resources of a program. */
export interface ResourceProvider {
  /** Whether creating this type does anything; otherwise the resource is only recorded. */
  emulates(type: string): boolean;
  /** Creates a resource of a type that is emulated. What it throws fails the whole run. */
  create(resource: EngineResource): Promise<ResourceState>;
  /**
   * Calls a provider function.
   *
   * @param token such as `aws:index/getCallerIdentity:getCallerIdentity`.
   */
  invoke(token: string, args: Properties): Promise<Properties>;
}
