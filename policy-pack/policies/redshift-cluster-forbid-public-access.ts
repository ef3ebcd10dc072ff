import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const redshiftClusterForbidPublicAccess = resourceRule({
  name: "redshift-cluster-forbid-public-access",
  description: "Redshift clusters and workgroups have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("Redshift.1"), fsbp("RedshiftServerless.3")],
  remediationSteps: "Leave publiclyAccessible out, or set it to false.",
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/rs-security-group-public-private.html",
  ...requiring(
    {
      type: "aws:redshift/cluster:Cluster",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has public addresses",
    },
    {
      type: "aws:redshiftserverless/workgroup:Workgroup",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has public addresses",
    },
  ),
});
