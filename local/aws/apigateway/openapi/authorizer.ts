import { z } from "zod";
import { notEmulated } from "../../not-emulated";
import type { Authorizer } from "../definition";
import { badRequest } from "../errors";
import { derivedId } from "../identifiers";
import type { ApiDocument, JsonObject } from "./document";
import { functionArnOf } from "./function-uri";

const extension = "x-amazon-apigateway-authorizer";

/** The document may say numbers as texts: AWS documents the field as a string. */
const seconds = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const shape = z.object({
  type: z.string().transform((type) => type.toLowerCase()),
  authorizerUri: z.string().optional(),
  authorizerCredentials: optionalText,
  identitySource: optionalText,
  identityValidationExpression: optionalText,
  authorizerResultTtlInSeconds: seconds.nullish(),
});
type Shape = z.infer<typeof shape>;

/** Fields of other authorizers: of user pools, and of HTTP APIs. */
const foreignFields = [
  "providerARNs",
  "jwtConfiguration",
  "authorizerPayloadFormatVersion",
  "enableSimpleResponses",
];

const defaultTtlSeconds = 300;
const maxTtlSeconds = 3600;

const headerSource = /^method\.request\.header\.[a-zA-Z0-9._-]+$/;
const anySource =
  /^(?:method\.request\.(?:header|querystring)\.[a-zA-Z0-9._-]+|stageVariables\.\w+|context\.\w+(?:\.\w+)*)$/;

/**
 * Reads the authorizer of a security scheme.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 *
 * @returns `undefined` when the scheme has none.
 * @throws AwsError `BadRequestException` for what AWS refuses; `NotImplemented` for user pools, roles
 * to invoke the function by, and fields that mean nothing to a Lambda authorizer of a REST API.
 */
export function readAuthorizer(
  document: ApiDocument,
  name: string,
  scheme: JsonObject,
  apiId: string,
): Authorizer | undefined {
  if (scheme[extension] === undefined) {
    return undefined;
  }
  const definition = document.object(scheme[extension]);
  const where = `the authorizer "${name}"`;
  const parsed = shape.safeParse(definition);
  if (!parsed.success) {
    throw badRequest(`Unable to create ${where}: ${z.prettifyError(parsed.error)}`);
  }
  refuseOthers(parsed.data, scheme, definition, where);
  const functionArn = functionArnOf(parsed.data.authorizerUri);
  if (functionArn === undefined) {
    throw badRequest(
      `Unable to create ${where}: Invalid Authorizer URI: ${parsed.data.authorizerUri ?? ""}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  const resultTtlSeconds = parsed.data.authorizerResultTtlInSeconds ?? defaultTtlSeconds;
  if (
    !Number.isInteger(resultTtlSeconds) ||
    resultTtlSeconds < 0 ||
    resultTtlSeconds > maxTtlSeconds
  ) {
    throw badRequest(
      `Unable to create ${where}: Authorizer result TTL must be between 0 and ${maxTtlSeconds} seconds, but is ${resultTtlSeconds}`,
    );
  }
  const id = derivedId(`${apiId}/authorizers/${name}`, 6);
  const common = { id, name, functionArn, resultTtlSeconds };
  return parsed.data.type === "token"
    ? { ...common, type: "token", ...tokenSource(parsed.data, scheme, where) }
    : { ...common, type: "request", identitySources: requestSources(parsed.data, common, where) };
}

function refuseOthers(
  authorizer: Shape,
  scheme: JsonObject,
  definition: JsonObject,
  where: string,
): void {
  if (authorizer.type !== "request" && authorizer.type !== "token") {
    throw notEmulated(`the type '${authorizer.type}' of ${where}`);
  }
  if (scheme.type !== "apiKey") {
    throw badRequest(`Unable to create ${where}: the type of its security scheme must be apiKey`);
  }
  if (authorizer.authorizerCredentials !== undefined) {
    throw notEmulated(`authorizerCredentials of ${where}`);
  }
  if (authorizer.type === "request" && authorizer.identityValidationExpression !== undefined) {
    throw notEmulated(`identityValidationExpression of ${where}, whose type is 'request'`);
  }
  const foreign = foreignFields.find((field) => definition[field] !== undefined);
  if (foreign !== undefined) {
    throw notEmulated(`${foreign} of ${where}`);
  }
}

function requestSources(
  { identitySource }: Shape,
  { resultTtlSeconds }: Pick<Authorizer, "resultTtlSeconds">,
  where: string,
): string[] {
  const sources = (identitySource ?? "")
    .split(",")
    .map((source) => source.trim())
    .filter((source, _, all) => source !== "" || all.length > 1);
  const invalid = sources.find((source) => !anySource.test(source));
  if (invalid !== undefined) {
    throw badRequest(
      `Unable to create ${where}: Invalid identity source expression: ${invalid}. The source must be a header or a query parameter of the method request, a stage variable or a context variable.`,
    );
  }
  if (sources.length === 0 && resultTtlSeconds > 0) {
    throw badRequest(
      `Unable to create ${where}: Identity source must be set if authorizer caching is enabled (TTL is greater than 0)`,
    );
  }
  return sources;
}

/** The header that holds the token is the scheme's, unless the extension names one. */
function tokenSource(
  { identitySource, identityValidationExpression }: Shape,
  scheme: JsonObject,
  where: string,
): Pick<Authorizer, "identitySources" | "tokenExpression" | "tokenPattern"> {
  const source = identitySource ?? `method.request.header.${String(scheme.name)}`;
  if (!headerSource.test(source)) {
    throw badRequest(
      `Unable to create ${where}: Invalid token source expression: ${source}. The source must be a method request header, matching 'method.request.header.[a-zA-Z0-9._-]+'.`,
    );
  }
  return {
    identitySources: [source],
    ...(identityValidationExpression !== undefined && {
      tokenExpression: identityValidationExpression,
      tokenPattern: compileTokenPattern(identityValidationExpression, where),
    }),
  };
}

function compileTokenPattern(expression: string, where: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})$`);
  } catch (error) {
    throw badRequest(`Unable to create ${where}: ${(error as SyntaxError).message}`);
  }
}
