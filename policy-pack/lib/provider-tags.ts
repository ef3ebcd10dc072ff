import { takesDefaultTags } from "./aws-types";
import type { CheckedResource } from "./resource";
import { at, isKnown, unknownValue } from "./values";

/** The tags that the resource's provider adds to it, as to nearly all others. */
export function providerTags(resource: CheckedResource): unknown {
  if (!takesDefaultTags(resource.type)) {
    return undefined;
  }
  const setting = resource.fromProvider("defaultTags");
  if (!isKnown(setting)) {
    return unknownValue;
  }
  // Settings of a provider travel as JSON text.
  return at(typeof setting === "string" ? (JSON.parse(setting) as unknown) : setting, "tags");
}
