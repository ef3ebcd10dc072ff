import type { CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { apiV2Type, authorizerType, authorizerV2Type, methodType, restApiType } from "./types";
import { maySet, textOf } from "./values";

/** Authorizations that an authorizer carries out. */
const byAuthorizer = ["CUSTOM", "COGNITO_USER_POOLS", "JWT"];

/**
 * What is wrong with the authorizer that a method or a route names.
 *
 * @param property where it says which kind of authorization it has.
 */
export function authorizerFlaw(
  stack: CheckedStack,
  route: CheckedResource,
  property: string,
): string | undefined {
  const authorization = route.known(property);
  if (!byAuthorizer.includes(String(authorization).toUpperCase())) {
    return undefined;
  }
  if (!maySet(route.declared("authorizerId"))) {
    return `its authorization is ${textOf(authorization)}, but it names no authorizer`;
  }
  const authorizers = stack.referred(route, "authorizerId", [authorizerType, authorizerV2Type]);
  const strangers = authorizers.filter((one) => isOfOtherApi(stack, one, route));
  return strangers.length > 0 && strangers.length === authorizers.length
    ? `its authorizer, ${strangers.map(({ label }) => label).join(" or ")}, is another API's`
    : undefined;
}

/** Whether two resources are known to belong to different APIs: two of the stack, or two by their ids. */
function isOfOtherApi(stack: CheckedStack, one: CheckedResource, other: CheckedResource): boolean {
  const [first, second] = [apiOf(stack, one), apiOf(stack, other)];
  return (
    first?.startsWith("urn:") === second?.startsWith("urn:") &&
    first !== undefined &&
    first !== second
  );
}

/** The API that a resource belongs to: one of the stack by its URN, or else one that it names by its id. */
function apiOf(stack: CheckedStack, resource: CheckedResource): string | undefined {
  const isRest = [methodType, authorizerType].includes(resource.type);
  const property = isRest ? "restApi" : "apiId";
  const [api, another] = stack.referred(resource, property, [isRest ? restApiType : apiV2Type]);
  if (api) {
    return another ? undefined : api.urn;
  }
  const id = resource.declared(property);
  return typeof id === "string" ? id : undefined;
}
