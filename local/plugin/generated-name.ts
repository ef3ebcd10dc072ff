import type { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { given } from "../engine/rpc";
import { nameOf } from "../engine/urn";
import type { Properties } from "../provider/resource";
import { propertiesOf } from "./messages";

/**
 * The inputs with a name: the one that the program gives, or the one that the resource has had, or
 * the one that Pulumi's settings propose, or one of the local cloud's.
 *
 * @param input the one that names resources of the type.
 */
export function withName(request: CheckRequest, input: string, makeName: () => string): Properties {
  const inputs = propertiesOf(request.getNews());
  if (isGiven(inputs[input]) || isGiven(inputs[`${input}Prefix`])) {
    return inputs;
  }
  const before = propertiesOf(request.getOlds())[input];
  const proposed = given(request.getAutonaming()?.getProposedName());
  const name = isGenerated(before, request) ? before : (proposed ?? makeName());
  return { ...inputs, [input]: name };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** A name that the program gave before, and gives no more, is not kept. */
function isGenerated(name: unknown, request: CheckRequest): name is string {
  const logicalName = nameOf(request.getUrn());
  return typeof name === "string" && name !== logicalName && name.startsWith(logicalName);
}
