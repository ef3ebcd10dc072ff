import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { domainTypes } from "../lib/types";

export const opensearchDomainRequireEncryption = resourceRule({
  name: "opensearch-domain-require-encryption",
  description: "OpenSearch and Elasticsearch domains are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Opensearch.1"), fsbp("ES.1")],
  remediationSteps: "Set encryptAtRest.enabled to true.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html",
  ...requiring(
    ...domainTypes.map((type) => ({
      type,
      path: ["encryptAtRest", "enabled"],
      accepts: [true],
      problem: "is not encrypted",
    })),
  ),
});
