import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const dmsReplicationInstanceForbidPublicAccess = resourceRule({
  name: "dms-replication-instance-forbid-public-access",
  description:
    "Replication instances of DMS, and those of serverless replications, have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("DMS.1")],
  remediationSteps: "Set publiclyAccessible to false; a public instance has to be replaced.",
  url: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.PublicPrivate.html",
  ...requiring(
    {
      type: "aws:dms/replicationInstance:ReplicationInstance",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
    {
      type: "aws:dms/instanceProfile:InstanceProfile",
      path: ["publiclyAccessible"],
      accepts: [false],
      // https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateInstanceProfile.html
      byDefault: true,
      problem: "gives public addresses",
    },
  ),
});
