import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { maySet } from "../lib/values";

/** A web ACL is paid for by the month and by the request: whether there is one is a team's choice. */
export const cloudfrontDistributionRequireWebAcl = stackRule({
  name: "cloudfront-distribution-require-web-acl",
  description:
    "CloudFront distributions are all behind a web ACL, or none of a stack; where a team asks for it, all.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.6")],
  remediationSteps: "Set webAclId to the ARN of an aws.wafv2.WebAcl of the scope CLOUDFRONT.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html",
  settings: {
    required: {
      type: "boolean",
      default: false,
      description: "Whether distributions need a web ACL where no other of the stack has one, too.",
    },
  },
  types: [distributionType],
  check(distribution, report, { required }, stack) {
    const isAskedFor = required || stack.ofType(distributionType).some(hasWebAcl);
    if (isAskedFor && !hasWebAcl(distribution)) {
      report("is behind no web ACL");
    }
  },
});

function hasWebAcl(distribution: CheckedResource): boolean {
  return maySet(distribution.declared("webAclId"));
}
