import { redshiftTlsParameters } from "../data/tls-parameters";
import { tlsProblem } from "../lib/parameter-group";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";

const workgroupType = "aws:redshiftserverless/workgroup:Workgroup";

/** Workgroups require TLS unless a program says that they do not. */
export const redshiftParameterGroupRequireTls = resourceRule({
  name: "redshift-parameter-group-require-tls",
  description: "Parameter groups and workgroups of Redshift let nobody connect without TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Redshift.2"), fsbp("RedshiftServerless.2")],
  remediationSteps: "Set the parameter require_ssl to true.",
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html",
  types: ["aws:redshift/parameterGroup:ParameterGroup", workgroupType],
  check(resource, report) {
    const problem =
      resource.type === workgroupType
        ? workgroupProblem(resource)
        : tlsProblem(resource, "parameters", redshiftTlsParameters);
    if (problem !== undefined) {
      report(problem);
    }
  },
});

function workgroupProblem(workgroup: CheckedResource): string | undefined {
  const isOff = workgroup
    .blocks("configParameters")
    .some(
      (one) =>
        one.known("parameterKey") === "require_ssl" && one.known("parameterValue") === "false",
    );
  return isOff
    ? "sets require_ssl to false, so that connections without TLS are accepted"
    : undefined;
}
