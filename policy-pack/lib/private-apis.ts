import { openStatements } from "./any-principal";
import { parseJson } from "./json-text";
import type { CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { at, listOf } from "./values";

const policyType = "aws:apigateway/restApiPolicy:RestApiPolicy";

/** Whether a REST API is reached through VPC endpoints alone. */
export function isPrivate(api: CheckedResource): boolean {
  return listOf(api.known("endpointConfiguration", "types")).includes("PRIVATE");
}

/**
 * Whether the API is private, and not for whoever has a VPC endpoint: its policy, without which
 * nobody may call it, names endpoints, VPCs or accounts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function isLimitedToEndpoints(api: CheckedResource, stack: CheckedStack): boolean {
  const body = api.known("body");
  const document = typeof body === "string" ? parseJson(body) : body;
  const policies = [
    api.known("policy"),
    at(document, "x-amazon-apigateway-policy"),
    ...stack.referring(api, "restApiId", [policyType]).map((policy) => policy.known("policy")),
  ];
  return isPrivate(api) && policies.every((policy) => openStatements(policy).length === 0);
}
