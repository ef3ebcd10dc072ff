import { docdbTlsParameters } from "../data/tls-parameters";
import { tlsProblem } from "../lib/parameter-group";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";

export const docdbClusterParameterGroupRequireTls = resourceRule({
  name: "docdb-cluster-parameter-group-require-tls",
  description: "Parameter groups of DocumentDB let nobody connect without TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DocumentDB.6")],
  remediationSteps: "Leave the parameter tls out, or set it to enabled.",
  url: "https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html",
  types: ["aws:docdb/clusterParameterGroup:ClusterParameterGroup"],
  check(group, report) {
    const problem = tlsProblem(group, "parameters", docdbTlsParameters);
    if (problem !== undefined) {
      report(problem);
    }
  },
});
