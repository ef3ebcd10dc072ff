import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const mskClusterForbidPublicAccess = resourceRule({
  name: "msk-cluster-forbid-public-access",
  description: "MSK clusters have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("MSK.4")],
  remediationSteps: "Leave publicAccess out of connectivityInfo, or set its type to DISABLED.",
  url: "https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html",
  ...requiring({
    type: "aws:msk/cluster:Cluster",
    path: ["brokerNodeGroupInfo", "connectivityInfo", "publicAccess", "type"],
    accepts: ["DISABLED"],
    byDefault: "DISABLED",
    problem: "has public addresses",
  }),
});
