import { cacheBehaviorsOf } from "../lib/cache-behaviors";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { mayBe } from "../lib/values";

export const cloudfrontDistributionRequireHttps = resourceRule({
  name: "cloudfront-distribution-require-https",
  description: "CloudFront distributions serve HTTPS only.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.3")],
  remediationSteps: "Set viewerProtocolPolicy to https-only or redirect-to-https.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
  types: [distributionType],
  check(distribution, report) {
    for (const { label, settings } of cacheBehaviorsOf(distribution)) {
      if (!mayBe(settings.known("viewerProtocolPolicy"), "https-only", "redirect-to-https")) {
        report(`serves plain HTTP by ${label}`);
      }
    }
  },
});
