import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const dmsReplicationInstanceForbidPublicAccess = resourceRule({
  name: "dms-replication-instance-forbid-public-access",
  description: "DMS replication instances have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("DMS.1")],
  remediationSteps:
    "Leave publiclyAccessible out, or set it to false; a public instance has to be replaced.",
  url: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.PublicPrivate.html",
  ...requiring({
    type: "aws:dms/replicationInstance:ReplicationInstance",
    path: ["publiclyAccessible"],
    accepts: [false],
    byDefault: false,
    problem: "has a public address",
  }),
});
