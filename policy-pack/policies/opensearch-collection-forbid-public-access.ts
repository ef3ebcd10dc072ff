import { parseJson } from "../lib/json-text";
import { resourceRule } from "../lib/rule";
import { nestedValues } from "../lib/values";

export const opensearchCollectionForbidPublicAccess = resourceRule({
  name: "opensearch-collection-forbid-public-access",
  description: "Collections of OpenSearch Serverless are reached through VPC endpoints.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps: "Leave AllowFromPublic out and list SourceVPCEs or SourceServices.",
  url: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html",
  types: ["aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"],
  check(policy, report) {
    const text = policy.known("policy");
    const rules = typeof text === "string" ? parseJson(text) : text;
    if (nestedValues(rules, "AllowFromPublic").includes(true)) {
      report("lets the whole internet reach collections");
    }
  },
});
