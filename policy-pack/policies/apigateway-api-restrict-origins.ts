import { allowsAnyOrigin } from "../lib/any-origin";
import { authorizersIn, authorizersOf } from "../lib/authorizers";
import { documentOf } from "../lib/openapi-document";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { apiV2Type, restApiType } from "../lib/types";

/** Where resources of REST and of HTTP APIs set headers of answers. */
const answers = {
  [restApiType]: [
    ["aws:apigateway/response:Response", "restApiId"],
    ["aws:apigateway/integrationResponse:IntegrationResponse", "restApi"],
  ],
  [apiV2Type]: [["aws:apigatewayv2/integration:Integration", "apiId"]],
} as const;

/**
 * Whoever is let in by a token is somebody, and what they may see is not for all pages: one that has
 * got hold of a token could use it from the browsers, the addresses and the networks of others.
 */
export const apigatewayApiRestrictOrigins = stackRule({
  name: "apigateway-api-restrict-origins",
  description: "APIs with an authorizer name the origins whose pages may read their answers.",
  severity: "medium",
  topic: "api",
  remediationSteps:
    "Name the origins of your pages in place of *, such as https://app.example.com; of several, let the function that answers choose the one that asked, with Vary: Origin.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
  types: [restApiType, apiV2Type],
  check(api, report, _settings, stack) {
    if (!hasAuthorizer(api, stack)) {
      return;
    }
    if (
      api.type === apiV2Type &&
      api.holds(
        allowsAnyOrigin({ allowOrigins: api.declared("corsConfiguration", "allowOrigins") }),
        "corsConfiguration",
      )
    ) {
      report(`${anyPage}: its corsConfiguration allows any origin`);
    }
    if (api.holds(allowsAnyOrigin(documentOf(api).root), "body")) {
      report(`${anyPage}: its document sets Access-Control-Allow-Origin to *`);
    }
    for (const answer of answersOf(api, stack)) {
      const parameters = answer.declared("responseParameters");
      if (answer.holds(allowsAnyOrigin(parameters), "responseParameters")) {
        report(`${anyPage}: ${answer.label} sets Access-Control-Allow-Origin to *`);
      }
    }
  },
});

const anyPage = "has an authorizer, and lets any page read its answers";

function hasAuthorizer(api: CheckedResource, stack: CheckedStack): boolean {
  return authorizersOf(api, stack).length > 0 || authorizersIn(api).length > 0;
}

function answersOf(api: CheckedResource, stack: CheckedStack): CheckedResource[] {
  const types = api.type === restApiType ? answers[restApiType] : answers[apiV2Type];
  return types.flatMap(([type, property]) => stack.referring(api, property, [type]));
}
