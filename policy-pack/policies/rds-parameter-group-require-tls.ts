import { rdsTlsParameters } from "../data/tls-parameters";
import { tlsProblem } from "../lib/parameter-group";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";

const clusterGroupType = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/**
 * What a team has no parameter group for is left to the engine's default. An instance's group has
 * nothing to say of this where the instance belongs to Aurora.
 */
export const rdsParameterGroupRequireTls = resourceRule({
  name: "rds-parameter-group-require-tls",
  description: "Parameter groups of RDS and Aurora let nobody connect without TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("RDS.38"), fsbp("RDS.39"), fsbp("RDS.41"), fsbp("RDS.44")],
  remediationSteps:
    "Set rds.force_ssl to 1 for PostgreSQL and SQL Server, require_secure_transport to ON for MySQL and MariaDB.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
  types: ["aws:rds/parameterGroup:ParameterGroup", clusterGroupType],
  check(group, report) {
    const isAurora = String(group.known("family")).startsWith("aurora");
    if (isAurora && group.type !== clusterGroupType) {
      return;
    }
    const problem = tlsProblem(group, "parameters", rdsTlsParameters);
    if (problem !== undefined) {
      report(problem);
    }
  },
});
