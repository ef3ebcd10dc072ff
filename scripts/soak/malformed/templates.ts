import { randomUUID } from "node:crypto";
import type { OpenAPIV3 } from "openapi-types";
import type { Header, HttpRequest } from "./request";

/** A route with one of the media types that it takes, and a request that it accepts. */
export interface Template {
  /** Such as `POST /images as image/png`. */
  name: string;
  /** Such as `POST /images`. */
  route: string;
  /** Such as `/images/{id}`. */
  path: string;
  parameters: readonly OpenAPIV3.ParameterObject[];
  /** Of the body, if it is JSON or a form. */
  schema?: OpenAPIV3.SchemaObject;
  valid: HttpRequest;
}

/** What requests are accepted with. */
export interface ValidValues {
  /** Of parameters in path and query and of members of bodies, by name. */
  byName: Readonly<Record<string, unknown>>;
  /** What `{id}` is in a path. */
  ids: Readonly<Record<string, string>>;
  image: Buffer;
  apiKey: string;
}

/** Separates the parts of forms. */
export const boundary = "soak-boundary";

const methods = ["get", "head", "post", "put", "patch", "delete"] as const;

/** Every route of the document, with every media type. */
export function templatesOf(document: OpenAPIV3.Document, values: ValidValues): Template[] {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ path, method: method.toUpperCase(), operation }] : [];
    }),
  );
  return routes.flatMap(({ path, method, operation }) => {
    const body = operation.requestBody as OpenAPIV3.RequestBodyObject | undefined;
    const contents = body ? Object.entries(body.content) : [[undefined, undefined] as const];
    const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
    return contents.map(([mediaType, content]) => {
      const route = `${method} ${path}`;
      const schema = dereference(document, content?.schema);
      return {
        name: mediaType === undefined ? route : `${route} as ${mediaType}`,
        route,
        path,
        parameters,
        ...(schema?.type === "object" && { schema }),
        valid: {
          method,
          target: pathOf(path, method, values) + queryOf(parameters, mediaType, values),
          headers: headersOf(operation, mediaType, values),
          body: bodyOf(mediaType, schema, values),
        },
      };
    });
  });
}

function dereference(
  { components }: OpenAPIV3.Document,
  schema: OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject | undefined,
): OpenAPIV3.SchemaObject | undefined {
  if (!schema || !("$ref" in schema)) {
    return schema;
  }
  const name = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  return components?.schemas?.[name] as OpenAPIV3.SchemaObject;
}

/** What is deleted is nothing that the other requests need. */
function pathOf(path: string, method: string, { ids }: ValidValues): string {
  const id = (method === "DELETE" ? undefined : ids[path]) ?? randomUUID();
  return path.replace("{id}", id);
}

/** The query goes with an image as the body, or with no body at all. */
function queryOf(
  parameters: readonly OpenAPIV3.ParameterObject[],
  mediaType: string | undefined,
  { byName }: ValidValues,
): string {
  if (mediaType !== undefined && !mediaType.startsWith("image/")) {
    return "";
  }
  const query = new URLSearchParams(
    parameters
      .filter((parameter) => parameter.in === "query" && parameter.name in byName)
      .map(({ name }): [string, string] => [name, asText(byName[name])]),
  );
  return query.size > 0 ? `?${query.toString()}` : "";
}

/** Images are asked for as such: else they are answered with redirects. */
function headersOf(
  { responses }: OpenAPIV3.OperationObject,
  mediaType: string | undefined,
  { apiKey }: ValidValues,
): Header[] {
  const success = responses["200"] as OpenAPIV3.ResponseObject | undefined;
  const accepted = Object.keys(success?.content ?? {}).find((type) => type.startsWith("image/"));
  const contentType =
    mediaType === "multipart/form-data" ? `${mediaType}; boundary=${boundary}` : mediaType;
  return [
    ["x-api-key", apiKey],
    ...(accepted === undefined ? [] : [["Accept", accepted] as const]),
    ...(contentType === undefined ? [] : [["Content-Type", contentType] as const]),
  ];
}

function bodyOf(
  mediaType: string | undefined,
  schema: OpenAPIV3.SchemaObject | undefined,
  { byName, image }: ValidValues,
): Buffer {
  if (mediaType === undefined) {
    return Buffer.alloc(0);
  }
  const members = Object.keys(schema?.properties ?? {}).filter((name) => name in byName);
  switch (mediaType) {
    case "application/json":
      return Buffer.from(
        JSON.stringify(Object.fromEntries(members.map((name) => [name, byName[name]]))),
      );
    case "multipart/form-data":
      return formBody([
        ...members.map((name) => formPart(`name="${name}"`, Buffer.from(asText(byName[name])))),
        formPart('name="image"; filename="image.png"', image, "image/png"),
      ]);
    default:
      return image;
  }
}

/** Texts as they are, other values as JSON: so they are sent in queries and forms. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** One part of a form, from its boundary on. */
export function formPart(disposition: string, content: Buffer, type?: string): Buffer {
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; ${disposition}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), content, Buffer.from("\r\n")]);
}

/** A whole form. */
export function formBody(parts: readonly Buffer[]): Buffer {
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}
