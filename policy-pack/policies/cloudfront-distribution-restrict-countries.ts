import { resourceRule } from "../lib/rule";
import { distributionType } from "../lib/types";
import { mayBe, stringsOf } from "../lib/values";

const location = ["restrictions", "geoRestriction"] as const;

/** Where content may be had is for a team to say; most of it may be had anywhere. */
export const cloudfrontDistributionRestrictCountries = resourceRule({
  name: "cloudfront-distribution-restrict-countries",
  description: "CloudFront distributions serve no other countries than those that a team names.",
  severity: "low",
  topic: "cloudfront",
  remediationSteps:
    "Set restrictions.geoRestriction to a whitelist with locations that are allowed.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [] as string[],
      description: "Countries by their codes of ISO 3166-1 alpha-2; none for any.",
    },
  },
  types: [distributionType],
  check(distribution, report, { allowed }) {
    if (allowed.length === 0) {
      return;
    }
    if (!mayBe(distribution.known(...location, "restrictionType"), "whitelist")) {
      report(`serves more countries than ${allowed.join(", ")}`);
      return;
    }
    const others = stringsOf(distribution.known(...location, "locations")).filter(
      (code) => !allowed.includes(code),
    );
    if (others.length > 0) {
      report(`serves ${others.join(", ")}, where only ${allowed.join(", ")} is allowed`);
    }
  },
});
