import { replicaRegions } from "../data/replica-regions";
import { isRegional } from "../lib/aws-types";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { mayBe, stringsOf } from "../lib/values";

/**
 * Of certificates and of deliveries of logs, CloudFront takes those of us-east-1; of web ACLs, the scope says for
 * what they are.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
const typesOfCloudFront = [
  "aws:acm/certificate:Certificate",
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:cloudwatch/logDelivery:LogDelivery",
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
];

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
      description:
        "Regions in which resources may be created; global services are not limited, nor what CloudFront needs in us-east-1.",
    },
  },
  types: isRegional,
  check(resource, report, { allowed }) {
    const region = regionOf(resource);
    if (typeof region === "string" && !allowed.includes(region) && !isOfCloudFront(resource)) {
      report(`is created in ${region}, where only ${allowed.join(", ")} is allowed`);
    }
    for (const replica of replicasOf(resource).filter((one) => !allowed.includes(one))) {
      report(`has a copy in ${replica}, where only ${allowed.join(", ")} is allowed`);
    }
  },
});

/** What goes with CloudFront, a global service, and can be nowhere else. */
function isOfCloudFront(resource: CheckedResource): boolean {
  const { type } = resource;
  return (
    regionOf(resource) === "us-east-1" &&
    (typesOfCloudFront.includes(type) ||
      (type.startsWith("aws:wafv2/") && mayBe(resource.known("scope"), "CLOUDFRONT")))
  );
}

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
