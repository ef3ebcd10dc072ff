import type { ApiDefinition, ApiKeySource } from "./definition";
import { importApi } from "./openapi/import-api";
import type { RestApi } from "./state";

/** What CreateRestApi and PutRestApi take together. Settings go before those of the document. */
export interface CreateRestApiRequest {
  /** Given by callers that need the same id again at the next start. Default: a random one. */
  id?: string;
  name: string;
  description?: string;
  /** @default `EDGE` */
  endpoint?: RestApi["endpoint"];
  /** An OpenAPI 3.0 or Swagger 2.0 document as JSON text, or what {@link importApi} made of it. */
  body: string | ApiDefinition;
  binaryMediaTypes?: readonly string[];
  /** Whose word a request's API key is. */
  apiKeySource?: ApiKeySource;
  /** Bytes from which replies are compressed. Default: never. */
  minimumCompressionSize?: number;
}

/** What is told of an API, and makes no difference. */
export function shownOf({
  description,
  endpoint = { types: "EDGE" },
}: CreateRestApiRequest): Pick<RestApi, "description" | "endpoint"> {
  return { description: description === "" ? undefined : description, endpoint };
}

/** What the API serves. @throws AwsError as {@link importApi}. */
export function definitionOf(id: string, request: CreateRestApiRequest): ApiDefinition {
  const { body, apiKeySource, binaryMediaTypes, minimumCompressionSize } = request;
  return {
    ...(typeof body === "string" ? importApi(body, id) : body),
    ...(apiKeySource && { apiKeySource }),
    ...(binaryMediaTypes && { binaryMediaTypes }),
    ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
  };
}
