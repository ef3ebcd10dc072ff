import type { Structure } from "../api/output";
import type { Account } from "../types";
import type {
  Integration,
  IntegrationResponse,
  LambdaProxyIntegration,
  Method,
  MockIntegration,
} from "./definition";
import { functionUri } from "./openapi/function-uri";

/**
 * A method with its integration. Not shown: models and responses of methods, request validators.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
export function methodOf(method: Method, account: Account): Structure {
  const { httpMethod, apiKeyRequired, authorizer, requiredParameters, integration } = method;
  const parameters = requiredParameters.map(
    ({ location, name }) => [`method.request.${location}.${name}`, true] as const,
  );
  return {
    httpMethod,
    authorizationType: authorizer ? "CUSTOM" : "NONE",
    authorizerId: authorizer?.id,
    apiKeyRequired,
    requestParameters: mapOf(parameters),
    methodIntegration: integration && integrationOf(integration, method, account),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export function integrationOf(
  integration: Integration,
  { resourceId }: Method,
  account: Account,
): Structure {
  const own =
    integration.type === "mock" ? mockOf(integration) : lambdaProxyOf(integration, account);
  return { ...own, cacheNamespace: resourceId, cacheKeyParameters: [] };
}

function lambdaProxyOf(
  { httpMethod, functionArn, timeoutMs }: LambdaProxyIntegration,
  account: Account,
): Structure {
  return {
    type: "AWS_PROXY",
    httpMethod,
    uri: functionUri(functionArn, account),
    passthroughBehavior: "WHEN_NO_MATCH",
    timeoutInMillis: timeoutMs,
  };
}

function mockOf(mock: MockIntegration): Structure {
  const responses = mock.responses.map((each) => [each.statusCode, responseOf(each)] as const);
  return {
    type: "MOCK",
    requestTemplates: mapOf([...mock.requestTemplates]),
    passthroughBehavior: mock.passthroughBehavior.toUpperCase(),
    contentHandling: mock.contentHandling,
    integrationResponses: mapOf(responses.map(([code, response]) => [String(code), response])),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html */
function responseOf(response: IntegrationResponse): Structure {
  const { statusCode, selectionText, headers, templates } = response;
  return {
    statusCode: String(statusCode),
    selectionPattern: selectionText,
    responseParameters: mapOf(
      [...headers].map(([name, value]) => [`method.response.header.${name}`, value]),
    ),
    responseTemplates: mapOf([...templates]),
  };
}

/** None, where nothing is in it. */
function mapOf<T>(entries: readonly (readonly [string, T])[]): Map<string, T> | undefined {
  return entries.length > 0 ? new Map(entries) : undefined;
}
