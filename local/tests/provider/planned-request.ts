import type { Properties, ResourceRequest } from "../../provider/resource";

/** A request for a resource, whose name and ids are the same for the same logical name. */
export function plannedRequest(type: string, inputs: Properties, name = "thing"): ResourceRequest {
  return {
    type,
    name,
    urn: `urn:pulumi:local::test::${type}::${name}`,
    inputs,
    projectDir: "",
    physicalName: (property = "name") =>
      (inputs[property] as string | undefined) ?? `${name}-1a2b3c4`,
    stableId: (_purpose, length) => "0123456789abcdef".repeat(3).slice(0, length),
  };
}
