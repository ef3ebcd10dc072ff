import { cis, fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const rdsInstanceForbidPublicAccess = resourceRule({
  name: "rds-instance-forbid-public-access",
  description: "Instances of RDS and Aurora, and shard groups, have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("RDS.2"), cis("2.3.3")],
  remediationSteps: "Leave publiclyAccessible out, or set it to false.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding",
  ...requiring(
    {
      type: "aws:rds/instance:Instance",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
    {
      type: "aws:rds/clusterInstance:ClusterInstance",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
    {
      type: "aws:rds/shardGroup:ShardGroup",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
  ),
});
