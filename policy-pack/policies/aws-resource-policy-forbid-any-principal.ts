import { policyHolders, type PrincipalGrant, principalGrants } from "../data/resource-policies";
import { anyoneProblem, openStatementsAt } from "../lib/any-principal";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { anyOf, is } from "../lib/truth";
import { listOf, maySet } from "../lib/values";

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
      .flatMap(({ path }) => openStatementsAt(resource, ...path));
    if (open.length > 0) {
      report(anyoneProblem(open));
    }
    const grants = principalGrants.filter(({ type }) => type === resource.type);
    if (grants.some((grant) => isForAnybody(resource, grant))) {
      report("lets anybody use it");
    }
  },
});

function isForAnybody(resource: CheckedResource, { principal, limits }: PrincipalGrant): boolean {
  const principals = listOf(resource.declared(principal));
  const namesAnyone = anyOf(principals.map((one) => is(one, "*")));
  return (
    namesAnyone !== false &&
    !resource.some(limits, (limit) => isLimit(resource.known(limit))) &&
    resource.holds(namesAnyone, principal)
  );
}

function isLimit(value: unknown): boolean {
  return maySet(value) && value !== false;
}
