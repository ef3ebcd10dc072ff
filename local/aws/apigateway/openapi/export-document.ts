import type { ApiDefinition, Method } from "../definition";
import type { RestApi, Stage } from "../state";
import type { ApiDocument, JsonObject } from "./document";
import { operationKey, operationOf } from "./operation";

/** Which of API Gateway's own members are written down, by what an export is asked for. */
export const extensionNames = {
  apigateway: /^x-amazon-apigateway-/,
  authorizers: /^x-amazon-apigateway-auth(?:orizer|type)$/,
  integrations: /^x-amazon-apigateway-integration$/,
} as const;

export type Extension = keyof typeof extensionNames;

/** What an export is written from. */
export interface ExportSource {
  /** What the API was imported from. */
  document: ApiDocument;
  extensions: ReadonlySet<Extension>;
}

/**
 * What a stage serves as an OpenAPI 3.0 or Swagger 2.0 document: that of the import without what API Gateway does not
 * keep with methods, such as descriptions. Of parameters it keeps place, name and whether they are required; bodies have
 * the schemas of the import, where AWS gives names of its own to those that have none.
 */
export function exportDocument(
  api: RestApi,
  { name: stageName, deployment: { definition } }: Stage,
  source: ExportSource,
): JsonObject {
  const { document, extensions } = source;
  const { root } = document;
  const { version } = document.object(root.info);
  const info = { title: api.name, version: version ?? api.createdAt.toISOString() };
  const paths = definition.resources.map(({ path, methods }) => [
    path,
    pathOf([...methods.values()], source),
  ]);
  const own = extensions.has("apigateway")
    ? { ...extensionsIn(root, source), ...settingsOf(definition) }
    : {};
  const common = { paths: Object.fromEntries(paths) as JsonObject, ...own };
  const { host, protocol } = new URL(api.url);
  return document.form === "oas30"
    ? {
        openapi: "3.0.1",
        info,
        servers: [
          {
            url: `${api.url}/{basePath}`,
            variables: { basePath: { default: `/${stageName}` } },
          },
        ],
        ...common,
        components: {
          schemas: document.object(document.object(root.components).schemas),
          securitySchemes: schemesOf(document.object(root.components).securitySchemes, source),
        },
      }
    : {
        swagger: "2.0",
        info,
        host,
        basePath: `/${stageName}`,
        schemes: [protocol.slice(0, -1)],
        ...common,
        securityDefinitions: schemesOf(root.securityDefinitions, source),
        definitions: document.object(root.definitions),
      };
}

/** Settings that an API may have been given besides its document. */
function settingsOf(definition: ApiDefinition): JsonObject {
  const { apiKeySource, binaryMediaTypes, minimumCompressionSize } = definition;
  return {
    ...(apiKeySource !== "HEADER" && { "x-amazon-apigateway-api-key-source": apiKeySource }),
    ...(binaryMediaTypes.length > 0 && {
      "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    }),
    ...(minimumCompressionSize !== undefined && {
      "x-amazon-apigateway-minimum-compression-size": minimumCompressionSize,
    }),
  };
}

function pathOf(methods: readonly Method[], source: ExportSource): JsonObject {
  const operations = methods.map((method) => [
    operationKey(method.httpMethod),
    shownOperation(method, source),
  ]);
  return Object.fromEntries(operations) as JsonObject;
}

function shownOperation(method: Method, source: ExportSource): JsonObject {
  const { document } = source;
  const { definition: operation, parameters: all } = operationOf(document, method);
  const byPlace = all.map((each) => [`${String(each.in)} ${String(each.name)}`, each] as const);
  const parameters = [...new Map(byPlace).values()]
    .filter((each) => ["body", "header", "path", "query"].includes(String(each.in)))
    .map((each) => parameterOf(each, document));
  const security = operation.security ?? document.root.security;
  const { operationId, requestBody, consumes, produces } = operation;
  return {
    ...(operationId !== undefined && { operationId }),
    ...(consumes !== undefined && { consumes }),
    ...(produces !== undefined && { produces }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && {
      requestBody: bodyOf(document.object(requestBody), document),
    }),
    responses: responsesOf(document.object(operation.responses), document),
    ...(security !== undefined && { security }),
    ...extensionsIn(operation, source),
  };
}

function parameterOf(
  { name, in: place, required, schema }: JsonObject,
  { form }: ApiDocument,
): JsonObject {
  const given = { name, in: place, ...(required === true && { required }) };
  if (place === "body") {
    return { ...given, schema };
  }
  return form === "oas30" ? { ...given, schema: { type: "string" } } : { ...given, type: "string" };
}

function bodyOf({ content, required }: JsonObject, document: ApiDocument): JsonObject {
  return { content: contentOf(content, document), ...(required === true && { required }) };
}

function contentOf(content: unknown, document: ApiDocument): JsonObject {
  const types = Object.entries(document.object(content)).map(([type, media]) => {
    const { schema } = document.object(media);
    return [type, schema === undefined ? {} : { schema }];
  });
  return Object.fromEntries(types) as JsonObject;
}

function responsesOf(responses: JsonObject, document: ApiDocument): JsonObject {
  const shown = Object.entries(responses).map(([status, given]) => {
    const { headers, content, schema } = document.object(given);
    const text = document.form === "oas30" ? { schema: { type: "string" } } : { type: "string" };
    const names = Object.keys(document.object(headers)).map((name) => [name, text]);
    return [
      status,
      {
        description: `${status} response`,
        ...(names.length > 0 && { headers: Object.fromEntries(names) as JsonObject }),
        ...(content !== undefined && { content: contentOf(content, document) }),
        ...(schema !== undefined && { schema }),
      },
    ];
  });
  return Object.fromEntries(shown) as JsonObject;
}

function schemesOf(schemes: unknown, source: ExportSource): JsonObject {
  const shown = Object.entries(source.document.object(schemes)).map(([name, given]) => {
    const { type, name: header, in: place, ...others } = source.document.object(given);
    return [name, { type, name: header, in: place, ...extensionsIn(others, source) }];
  });
  return Object.fromEntries(shown) as JsonObject;
}

/** Those of API Gateway's own members that are asked for. */
function extensionsIn(node: JsonObject, { extensions }: ExportSource): JsonObject {
  const patterns = [...extensions].map((name) => extensionNames[name]);
  return Object.fromEntries(
    Object.entries(node).filter(([name]) => patterns.some((pattern) => pattern.test(name))),
  );
}
