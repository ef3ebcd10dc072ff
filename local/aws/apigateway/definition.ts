/** What an OpenAPI document defines, ready to serve. */
export interface ApiDefinition {
  resources: readonly Resource[];
  /** By response type, such as `DEFAULT_4XX`. */
  gatewayResponses: ReadonlyMap<string, GatewayResponseDefinition>;
  /** Whose word a request's API key is: the client's, or that of the method's authorizer. */
  apiKeySource: ApiKeySource;
  /** `x-amazon-apigateway-binary-media-types`. */
  binaryMediaTypes: readonly string[];
  /** `x-amazon-apigateway-minimum-compression-size`, in bytes. */
  minimumCompressionSize?: number;
  /** What it was read from: JSON, which takes less memory than what is in it. */
  source: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html */
export type ApiKeySource = "HEADER" | "AUTHORIZER";

/** One path of an API. */
export interface Resource {
  id: string;
  /** Such as `/images/{id}`. */
  path: string;
  /** By HTTP method in upper case, or `ANY`. */
  methods: ReadonlyMap<string, Method>;
}

/** One method of a resource. */
export interface Method {
  /** In upper case, or `ANY`. */
  httpMethod: string;
  resourceId: string;
  resourcePath: string;
  apiKeyRequired: boolean;
  /** Absent for methods that anyone may call. */
  authorizer?: Authorizer;
  /** Checked only when `validateParameters` says so. */
  requiredParameters: readonly RequiredParameter[];
  validateParameters: boolean;
  validateBody: boolean;
  /** By media type in lower case. */
  models: ReadonlyMap<string, BodyModel>;
  /** Absent when the document gives none: such an API cannot be deployed. */
  integration?: Integration;
}

/**
 * A function that decides who may call a method.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export interface Authorizer {
  id: string;
  /** The name of its security scheme. */
  name: string;
  /** The function gets the whole request but its body, or one header of it. */
  type: "request" | "token";
  /** The function's ARN; may contain `${stageVariables.name}`. */
  functionArn: string;
  /** Expressions such as `method.request.header.Authorization`, of which none may be empty. */
  identitySources: readonly string[];
  /** What the whole token must match; of type `token` only. */
  tokenPattern?: RegExp;
  /** The pattern as the document has it. */
  tokenExpression?: string;
  /** Seconds for which a result holds; 0 for none. */
  resultTtlSeconds: number;
}

/** A request parameter that must be there and not blank. */
export interface RequiredParameter {
  location: "header" | "path" | "querystring";
  name: string;
}

/**
 * Checks a parsed request body.
 *
 * @returns what is wrong, in the words of `$context.error.validationErrorString`, or `undefined`.
 */
export type BodyModel = (body: unknown) => string | undefined;

export type Integration = LambdaProxyIntegration | MockIntegration;

/** `aws_proxy`: a Lambda function gets the request as an event and answers it. */
export interface LambdaProxyIntegration {
  type: "aws_proxy";
  /** The method that Lambda's Invoke API is called with; anything but POST fails at run time. */
  httpMethod: string;
  /** The function's ARN; may contain `${stageVariables.name}`. */
  functionArn: string;
  timeoutMs: number;
  /** Without effect, as the function's answer is that of the method; shown all the same. */
  responses?: readonly IntegrationResponse[];
}

/** `mock`: the gateway itself answers, from templates. */
export interface MockIntegration {
  type: "mock";
  passthroughBehavior: "when_no_match" | "when_no_templates" | "never";
  contentHandling?: "CONVERT_TO_TEXT" | "CONVERT_TO_BINARY";
  /** VTL by media type in lower case, or `$default`. */
  requestTemplates: ReadonlyMap<string, string>;
  responses: readonly IntegrationResponse[];
}

/** How an integration's response becomes the method's response. */
export interface IntegrationResponse {
  /** Matches the whole status code; absent in the default response. */
  selectionPattern?: RegExp;
  /** The pattern as the document has it. */
  selectionText?: string;
  statusCode: number;
  /** Expressions such as `'*'` or `context.requestId`, by header name. */
  headers: ReadonlyMap<string, string>;
  /** VTL by media type in lower case. */
  templates: ReadonlyMap<string, string>;
}

/** One entry of `x-amazon-apigateway-gateway-responses`. */
export interface GatewayResponseDefinition {
  statusCode?: number;
  /** Expressions such as `'*'` or `method.request.header.Origin`, by header name. */
  headers: ReadonlyMap<string, string>;
  /** Texts with `$context` variables by media type; empty means API Gateway's own text. */
  templates: ReadonlyMap<string, string>;
}
