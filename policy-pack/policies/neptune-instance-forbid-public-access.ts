import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const neptuneInstanceForbidPublicAccess = resourceRule({
  name: "neptune-instance-forbid-public-access",
  description: "Instances of Neptune, and graphs of Neptune Analytics, have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps:
    "Leave publiclyAccessible, of graphs publicConnectivity, out, or set it to false.",
  url: "https://docs.aws.amazon.com/neptune/latest/userguide/neptune-public-endpoints.html",
  ...requiring(
    {
      type: "aws:neptune/clusterInstance:ClusterInstance",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
    {
      type: "aws:neptunegraph/graph:Graph",
      path: ["publicConnectivity"],
      accepts: [false],
      // https://docs.aws.amazon.com/neptune-analytics/latest/userguide/gettingStarted-connecting.html
      byDefault: false,
      problem: "has a public address",
    },
  ),
});
