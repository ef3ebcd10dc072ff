import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { domainTypes } from "../lib/types";

/** Whatever its policy says, the addresses of a domain outside of a VPC are public. */
export const opensearchDomainRequireVpc = resourceRule({
  name: "opensearch-domain-require-vpc",
  description: "OpenSearch and Elasticsearch domains are in a VPC.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("Opensearch.2"), fsbp("ES.2")],
  remediationSteps:
    "Set vpcOptions with subnets and security groups; a domain outside of a VPC has to be replaced.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html",
  types: domainTypes,
  check(domain, report) {
    if (domain.declared("vpcOptions") === undefined) {
      report("has public addresses");
    }
  },
});
