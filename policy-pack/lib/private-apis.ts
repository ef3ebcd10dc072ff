import { mayBeOpen, openStatements, openStatementsAt } from "./any-principal";
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
  if (!isPrivate(api)) {
    return false;
  }
  const holders = [api, ...stack.referring(api, "restApiId", [policyType])];
  return (
    holders.every((holder) => openStatementsAt(holder, "policy").length === 0) && isBodyLimited(api)
  );
}

/** Whether the policy in the document of an API lets in nobody unnamed, or may turn out to. */
function isBodyLimited(api: CheckedResource): boolean {
  const body = api.declared("body");
  const document = typeof body === "string" ? parseJson(body) : body;
  const policy = at(document, "x-amazon-apigateway-policy");
  if (mayBeOpen(policy)) {
    api.tellUnknown("body");
  }
  return openStatements(policy).length === 0;
}
