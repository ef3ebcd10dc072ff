import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { domainTypes } from "../lib/types";

export const opensearchDomainRequireNodeEncryption = resourceRule({
  name: "opensearch-domain-require-node-encryption",
  description: "Nodes of OpenSearch and Elasticsearch domains encrypt what they send each other.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("Opensearch.3"), fsbp("ES.3")],
  remediationSteps: "Set nodeToNodeEncryption.enabled to true.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html",
  ...requiring(
    ...domainTypes.map((type) => ({
      type,
      path: ["nodeToNodeEncryption", "enabled"],
      accepts: [true],
      problem: "does not encrypt what its nodes send each other",
    })),
  ),
});
