import type { Structure } from "../api/output";
import type { Account } from "../types";
import type {
  Integration,
  IntegrationResponse,
  LambdaProxyIntegration,
  Method,
  MockIntegration,
} from "./definition";
import { modelNameOf } from "./openapi/declared-models";
import type { ApiDocument, JsonObject } from "./openapi/document";
import { functionUri } from "./openapi/function-uri";
import { bodySchemas } from "./openapi/method";
import { type MethodResponse, methodResponses } from "./openapi/method-responses";
import { locationOf, operationOf } from "./openapi/operation";
import { validatorOf } from "./openapi/request-validators";

/** What methods are shown from, besides what serves them. */
export interface MethodSource {
  account: Account;
  apiId: string;
  /** What the API was imported from. */
  document: ApiDocument;
}

/** A method with its responses and its integration. https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html */
export function methodOf(method: Method, source: MethodSource): Structure {
  const { account, apiId, document } = source;
  const { httpMethod, apiKeyRequired, authorizer, integration } = method;
  const { definition, parameters } = operationOf(document, method);
  const { operationId } = definition;
  const responses = methodResponses(document, definition);
  return {
    httpMethod,
    authorizationType: authorizer ? "CUSTOM" : "NONE",
    authorizerId: authorizer?.id,
    apiKeyRequired,
    operationName: typeof operationId === "string" ? operationId : undefined,
    requestParameters: mapOf(parameters.flatMap(requestParameter)),
    requestModels: modelNames(bodySchemas(document, definition, parameters)),
    requestValidatorId: validatorOf(document, definition, apiId)?.id,
    methodResponses: mapOf(
      responses.map((each) => [each.statusCode, methodResponseOf(each)] as const),
    ),
    methodIntegration: integration && integrationOf(integration, method, account),
  };
}

/** Whether it must be there, by its place in a request. */
function requestParameter(parameter: JsonObject): [string, boolean][] {
  const place = locationOf(parameter);
  const { required } = parameter;
  return place ? [[`method.request.${place.location}.${place.name}`, required === true]] : [];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodResponse.html */
export function methodResponseOf({ statusCode, headers, schemas }: MethodResponse): Structure {
  return {
    statusCode,
    responseParameters: mapOf(
      [...headers].map(([name, required]) => [`method.response.header.${name}`, required] as const),
    ),
    responseModels: modelNames(schemas),
  };
}

/** The names of models by media type. */
function modelNames(
  schemas: readonly (readonly [string, JsonObject])[],
): Map<string, string> | undefined {
  return mapOf(schemas.map(([mediaType, schema]) => [mediaType, modelNameOf(schema)] as const));
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export function integrationOf(
  integration: Integration,
  { resourceId }: Method,
  account: Account,
): Structure {
  const own =
    integration.type === "mock" ? mockOf(integration) : lambdaProxyOf(integration, account);
  const responses = (integration.responses ?? []).map(
    (each) => [String(each.statusCode), integrationResponseOf(each)] as const,
  );
  return {
    ...own,
    cacheNamespace: resourceId,
    cacheKeyParameters: [],
    integrationResponses: mapOf(responses),
  };
}

function lambdaProxyOf(
  { httpMethod, functionArn, timeoutMs }: LambdaProxyIntegration,
  account: Account,
): Structure {
  return {
    type: "AWS_PROXY",
    httpMethod,
    uri: functionUri(account, functionArn),
    passthroughBehavior: "WHEN_NO_MATCH",
    timeoutInMillis: timeoutMs,
  };
}

function mockOf(mock: MockIntegration): Structure {
  return {
    type: "MOCK",
    requestTemplates: mapOf([...mock.requestTemplates]),
    passthroughBehavior: mock.passthroughBehavior.toUpperCase(),
    contentHandling: mock.contentHandling,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html */
export function integrationResponseOf(response: IntegrationResponse): Structure {
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
