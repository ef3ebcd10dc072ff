import { resourceRule } from "../lib/rule";
import { nestedValues, stringsOf } from "../lib/values";

/** Whoever launches an image has what is on its volumes. */
export const ec2ImageForbidPublicSharing = resourceRule({
  name: "ec2-image-forbid-public-sharing",
  description: "Images of instances are shared with accounts and organizations by name, if at all.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps:
    "Share the image with the ids of accounts or ARNs of organizations, and leave public sharing blocked.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html",
  types: [
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
  ],
  check(resource, report) {
    const groups = [
      resource.known("group"),
      ...nestedValues(resource.known("distributions"), "userGroups"),
    ];
    if (groups.flatMap(stringsOf).includes("all")) {
      report("shares an image with everybody");
    }
    if (resource.known("state") === "unblocked") {
      report("lets images be shared with everybody");
    }
  },
});
