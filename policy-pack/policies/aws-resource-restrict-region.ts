import { replicaRegions } from "../data/replica-regions";
import { isRegional } from "../lib/aws-types";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { stringsOf } from "../lib/values";

export const awsResourceRestrictRegion = resourceRule({
  name: "aws-resource-restrict-region",
  description: "Resources, and their copies, are created in allowed regions only.",
  severity: "medium",
  topic: "regions",
  remediationSteps:
    "Set aws:region in the stack's config, or the resource's region, to an allowed region, and replicate to such only.",
  url: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: ["us-east-1"],
      description: "Regions in which resources may be created; global services are not limited.",
    },
  },
  types: isRegional,
  check(resource, report, { allowed }) {
    const region = regionOf(resource);
    if (typeof region === "string" && !allowed.includes(region)) {
      report(`is created in ${region}, where only ${allowed.join(", ")} is allowed`);
    }
    for (const replica of replicasOf(resource).filter((one) => !allowed.includes(one))) {
      report(`has a copy in ${replica}, where only ${allowed.join(", ")} is allowed`);
    }
  },
});

function replicasOf(resource: CheckedResource): string[] {
  const regions = replicaRegions
    .filter(({ type }) => type === resource.type)
    .flatMap(({ path, property }) => resource.knownNested(property, ...path))
    .flatMap(stringsOf);
  return [...new Set(regions)];
}

/** By precedence: the resource's own setting, the ARN that it is about, the provider's setting. */
function regionOf(resource: CheckedResource): unknown {
  const arn = resource.declared("arn");
  // Empty in the ARNs of S3 and of global services.
  const [, , , regionOfArn = ""] = typeof arn === "string" ? arn.split(":") : [];
  const inherited = regionOfArn === "" ? resource.fromProvider("region") : regionOfArn;
  return resource.known("region") ?? inherited;
}
