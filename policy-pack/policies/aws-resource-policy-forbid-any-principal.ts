import { policyHolders, principalGrants } from "../data/resource-policies";
import { anyoneProblem, openStatements } from "../lib/any-principal";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { maySet, stringsOf } from "../lib/values";

/** Policies of buckets, access points, functions and roles have rules of their own. */
export const awsResourcePolicyForbidAnyPrincipal = resourceRule({
  name: "aws-resource-policy-forbid-any-principal",
  description:
    "Policies of topics, queues, keys, secrets and other resources let nobody unnamed in.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("SNS.4"), fsbp("SQS.3"), fsbp("KMS.5")],
  remediationSteps:
    "Name the principals, or add a condition on the caller with a fixed value, such as aws:PrincipalOrgID or aws:SourceArn.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
  types: [...policyHolders, ...principalGrants].map(({ type }) => type),
  check(resource, report) {
    const open = policyHolders
      .filter(({ type }) => type === resource.type)
      .flatMap(({ path }) => openStatements(resource.known(...path)));
    if (open.length > 0) {
      report(anyoneProblem(open));
    }
    const grants = principalGrants.filter(
      ({ type, principal }) =>
        type === resource.type && stringsOf(resource.known(principal)).includes("*"),
    );
    if (grants.some(({ limits }) => !limits.some((limit) => isLimit(resource.declared(limit))))) {
      report("lets anybody use it");
    }
  },
});

function isLimit(value: unknown): boolean {
  return maySet(value) && value !== false;
}
