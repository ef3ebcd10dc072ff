import { neptuneTlsParameters } from "../data/tls-parameters";
import { tlsProblem } from "../lib/parameter-group";
import { resourceRule } from "../lib/rule";

export const neptuneClusterParameterGroupRequireTls = resourceRule({
  name: "neptune-cluster-parameter-group-require-tls",
  description: "Parameter groups of Neptune let nobody connect without TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps: "Leave the parameter neptune_enforce_ssl out, or set it to 1.",
  url: "https://docs.aws.amazon.com/neptune/latest/userguide/security-ssl.html",
  types: [
    "aws:neptune/clusterParameterGroup:ClusterParameterGroup",
    "aws:neptune/parameterGroup:ParameterGroup",
  ],
  check(group, report) {
    const problem = tlsProblem(group, "parameters", neptuneTlsParameters);
    if (problem !== undefined) {
      report(problem);
    }
  },
});
