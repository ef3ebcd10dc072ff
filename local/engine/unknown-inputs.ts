import { unknown } from "@pulumi/pulumi/output";
import type { Properties } from "../provider/resource";
import { fromStruct, structOf } from "./properties";
import type { RegisteredResource } from "./registered-resource";

/**
 * The inputs of a resource, of which those are not known that come from certain resources.
 *
 * @param unplanned the URNs of resources whose outputs are not known.
 */
export function withUnknownsFrom(
  unplanned: ReadonlySet<string>,
  { inputs, propertyDependencies }: RegisteredResource,
): Properties {
  const { values } = fromStruct(structOf(inputs));
  for (const [property, urns] of Object.entries(propertyDependencies)) {
    if (urns.some((urn) => unplanned.has(urn))) {
      values[property] = unknown;
    }
  }
  return values;
}
