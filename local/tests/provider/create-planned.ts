import assert from "node:assert/strict";
import type { ResourceRequest, ResourceState, ResourceTypes } from "../../provider/resource";

/** Plans a resource and creates it. */
export async function createPlanned(
  types: ResourceTypes,
  request: ResourceRequest,
): Promise<ResourceState> {
  const plan = types[request.type];
  assert.ok(plan, `${request.type} is not registered`);
  const { create, ...state } = await plan(request);
  await create();
  return state;
}
