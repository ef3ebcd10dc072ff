import { cacheBehaviorsOf } from "../lib/cache-behaviors";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";

/** Key pairs of accounts can be made and deactivated by the root user alone, and seen in no program. */
export const cloudfrontDistributionRequireKeyGroups = resourceRule({
  name: "cloudfront-distribution-require-key-groups",
  description: "CloudFront trusts key groups, not accounts, to sign URLs and cookies.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.17")],
  remediationSteps:
    "Set trustedKeyGroups to an aws.cloudfront.KeyGroup, and remove trustedSigners.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html",
  types: [distributionType],
  check(distribution, report) {
    for (const { label, settings } of cacheBehaviorsOf(distribution)) {
      const signers = settings.known("trustedSigners");
      if (Array.isArray(signers) && signers.length > 0) {
        report(`trusts the key pairs of accounts to sign for ${label}`);
      }
    }
  },
});
