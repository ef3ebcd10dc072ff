import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { domainTypes } from "../lib/types";

const accepted = [
  "Policy-Min-TLS-1-2-2019-07",
  "Policy-Min-TLS-1-2-PFS-2023-10",
  "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
];

/** A policy for TLS that is not set is AWS's choice, which moves with the times. */
export const opensearchDomainRequireHttps = resourceRule({
  name: "opensearch-domain-require-https",
  description:
    "OpenSearch and Elasticsearch domains are reached with HTTPS only, by TLS 1.2 or later.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Opensearch.8"), fsbp("ES.8")],
  remediationSteps:
    "Set domainEndpointOptions.enforceHttps to true and its tlsSecurityPolicy to one that begins with Policy-Min-TLS-1-2.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html",
  ...requiring(
    ...domainTypes.flatMap((type) => [
      {
        type,
        path: ["domainEndpointOptions", "enforceHttps"],
        accepts: [true],
        problem: "is reached without TLS",
      },
      {
        type,
        path: ["domainEndpointOptions", "tlsSecurityPolicy"],
        accepts: accepted,
        byDefault: "Policy-Min-TLS-1-2-2019-07",
        problem: "accepts TLS 1.0",
      },
    ]),
  ),
});
