import type { PlannedResource, Properties, ResourceRequest } from "../provider/resource";

/** A resource that the program registered: a {@link ResourceRequest} before names are derived. */
export type EngineResource = Omit<ResourceRequest, "physicalName" | "stableId">;

/** Plans the resources of a program, each of which can then be created. */
export interface ResourceProvider {
  /** Whether creating this type does anything; otherwise the resource is only recorded. */
  emulates(type: string): boolean;
  /** Plans a resource of a type that is emulated. What it throws fails the whole run. */
  plan(resource: EngineResource): Promise<PlannedResource>;
  /**
   * Calls a provider function.
   *
   * @param token such as `aws:index/getCallerIdentity:getCallerIdentity`.
   */
  invoke(token: string, args: Properties): Promise<Properties>;
}
