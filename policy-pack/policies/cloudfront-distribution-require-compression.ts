import { cacheBehaviorsOf } from "../lib/cache-behaviors";
import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { mayBe } from "../lib/values";

export const cloudfrontDistributionRequireCompression = resourceRule({
  name: "cloudfront-distribution-require-compression",
  description: "CloudFront distributions compress what they serve.",
  severity: "low",
  topic: "cloudfront",
  remediationSteps: "Set compress to true.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html",
  types: [distributionType],
  check(distribution, report) {
    for (const { label, settings } of cacheBehaviorsOf(distribution)) {
      if (!mayBe(settings.known("compress"), true)) {
        report(`serves uncompressed files by ${label}`);
      }
    }
  },
});
