import { z } from "zod";
import type { Integration, IntegrationResponse } from "../definition";
import { notEmulated } from "../../not-emulated";
import { badRequest } from "../errors";
import { type ApiDocument, type JsonObject } from "./document";
import { functionArnOf } from "./function-uri";

/**
 * Bytes of a mapping template; the sentence is this emulation's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const maxTemplateBytes = 300 * 1024;

const stringMap = z.record(z.string(), z.string()).default({});
const templates = z
  .record(
    z.string(),
    z
      .string()
      .refine(
        (text) => Buffer.byteLength(text) <= maxTemplateBytes,
        `Mapping templates have at most ${maxTemplateBytes} bytes`,
      ),
  )
  .default({});
const response = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  responseParameters: stringMap,
  responseTemplates: templates,
});
const shape = z.object({
  type: z.string().transform((type) => type.toLowerCase()),
  httpMethod: z.string().optional(),
  uri: z.string().optional(),
  credentials: z.unknown().optional(),
  requestParameters: z.unknown().optional(),
  timeoutInMillis: z.number().int().min(50).max(29_000).default(29_000),
  passthroughBehavior: z
    .string()
    .default("when_no_match")
    .transform((behavior) => behavior.toLowerCase())
    .pipe(z.enum(["when_no_match", "when_no_templates", "never"])),
  contentHandling: z.enum(["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]).optional(),
  requestTemplates: templates,
  responses: z.record(z.string(), response).default({}),
});
type Shape = z.infer<typeof shape>;

const headerParameter = "method.response.header.";

/**
 * Reads the `x-amazon-apigateway-integration` of an operation.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 *
 * @param where such as `'GET' for resource at path '/images'`; for error messages.
 * @returns `undefined` when the operation has none.
 * @throws AwsError `BadRequestException` for what AWS refuses to import, `NotImplemented` for types
 * and options that the local gateway cannot serve.
 */
export function readIntegration(
  document: ApiDocument,
  operation: JsonObject,
  where: string,
): Integration | undefined {
  if (operation["x-amazon-apigateway-integration"] === undefined) {
    return undefined;
  }
  const parsed = shape.safeParse(document.object(operation["x-amazon-apigateway-integration"]));
  if (!parsed.success) {
    throw badRequest(`Unable to put integration on ${where}: ${z.prettifyError(parsed.error)}`);
  }
  const responses = readResponses(document, operation, parsed.data, where);
  switch (parsed.data.type) {
    case "aws_proxy":
      return lambdaProxy(parsed.data, responses, where);
    case "mock":
      return mock(parsed.data, responses);
    default:
      throw notEmulated(`the integration type '${parsed.data.type}' of ${where}`);
  }
}

function lambdaProxy(
  integration: Shape,
  responses: IntegrationResponse[],
  where: string,
): Integration {
  const { httpMethod, uri, credentials, requestParameters, timeoutInMillis } = integration;
  if (!httpMethod) {
    throw badRequest(
      `Unable to put integration on ${where}: Enumeration value for HttpMethod must be non-empty`,
    );
  }
  const functionArn = functionArnOf(uri);
  if (functionArn === undefined) {
    throw badRequest(
      `Unable to put integration on ${where}: Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.`,
    );
  }
  if (credentials !== undefined || requestParameters !== undefined) {
    throw notEmulated(`credentials and requestParameters in the integration of ${where}`);
  }
  return {
    type: "aws_proxy",
    httpMethod,
    functionArn,
    timeoutMs: timeoutInMillis,
    ...(responses.length > 0 && { responses }),
  };
}

function mock(integration: Shape, responses: IntegrationResponse[]): Integration {
  const { passthroughBehavior, contentHandling, requestTemplates } = integration;
  return {
    type: "mock",
    passthroughBehavior,
    ...(contentHandling && { contentHandling }),
    requestTemplates: templatesByMediaType(requestTemplates),
    responses,
  };
}

function readResponses(
  document: ApiDocument,
  operation: JsonObject,
  integration: Shape,
  where: string,
): IntegrationResponse[] {
  return Object.entries(integration.responses).map(([pattern, definition]) => {
    const headers = headersOf(definition.responseParameters);
    checkDeclared(document, operation, definition.statusCode, [...headers.keys()], where);
    return {
      ...(pattern === "default"
        ? {}
        : { selectionPattern: compilePattern(pattern, where), selectionText: pattern }),
      statusCode: definition.statusCode,
      headers,
      templates: templatesByMediaType(definition.responseTemplates),
    };
  });
}

function headersOf(responseParameters: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(responseParameters)
      .filter(([name]) => name.startsWith(headerParameter))
      .map(([name, value]) => [name.slice(headerParameter.length), value]),
  );
}

/** An import fails when a mapped status or header is not among the operation's responses. */
function checkDeclared(
  document: ApiDocument,
  operation: JsonObject,
  statusCode: number,
  headers: readonly string[],
  where: string,
): void {
  const declared = document.object(operation.responses)[String(statusCode)];
  const failure = `Errors found during import:\n\tUnable to put integration response on ${where}: Invalid mapping expression specified: Validation Result: warnings : [], errors : `;
  if (declared === undefined) {
    throw badRequest(`${failure}[No method response exists for method.]`);
  }
  const declaredHeaders = document.object(document.object(declared).headers);
  const undeclared = headers.find((name) => !Object.hasOwn(declaredHeaders, name));
  if (undeclared !== undefined) {
    throw badRequest(
      `${failure}[Invalid mapping expression parameter specified: ${headerParameter}${undeclared}]`,
    );
  }
}

function compilePattern(pattern: string, where: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch (error) {
    throw badRequest(
      `Unable to put integration response on ${where}: ${(error as SyntaxError).message}`,
    );
  }
}

function templatesByMediaType(templates: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(templates).map(([type, text]) => [type.toLowerCase(), text]));
}
