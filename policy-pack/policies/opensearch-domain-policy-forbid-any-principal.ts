import { anyoneProblem, openStatementsAt } from "../lib/any-principal";
import { fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { domainTypes } from "../lib/types";

const policyTypes = [
  "aws:opensearch/domainPolicy:DomainPolicy",
  "aws:elasticsearch/domainPolicy:DomainPolicy",
];

/** In a VPC, the domain's security groups say who reaches it, and a policy for anybody is usual. */
export const opensearchDomainPolicyForbidAnyPrincipal = stackRule({
  name: "opensearch-domain-policy-forbid-any-principal",
  description:
    "Policies of OpenSearch and Elasticsearch domains outside of a VPC let nobody unnamed in.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("Opensearch.2"), fsbp("ES.2")],
  remediationSteps:
    "Name the principals, or add a condition on the caller with a fixed value, such as aws:SourceIp.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",
  types: [...domainTypes, ...policyTypes],
  check(resource, report, _settings, stack) {
    const domains = policyTypes.includes(resource.type)
      ? stack.referred(resource, "domainName", domainTypes)
      : [resource];
    if (domains.some((domain) => domain.declared("vpcOptions") !== undefined)) {
      return;
    }
    const open = openStatementsAt(resource, "accessPolicies");
    if (open.length > 0) {
      report(anyoneProblem(open));
    }
  },
});
