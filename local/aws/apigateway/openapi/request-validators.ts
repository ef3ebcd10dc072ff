import { derivedId } from "../identifiers";
import type { ApiDocument, JsonObject } from "./document";

/** What of requests is checked before a method is called. */
export interface RequestValidator {
  id: string;
  name: string;
  validateRequestBody: boolean;
  validateRequestParameters: boolean;
}

/** Those that a document declares, used or not. */
export function requestValidators(document: ApiDocument, apiId: string): RequestValidator[] {
  const declared = document.object(document.root["x-amazon-apigateway-request-validators"]);
  return Object.entries(declared).map(([name, given]) => {
    const { validateRequestBody, validateRequestParameters } = document.object(given);
    return {
      id: derivedId(`${apiId} request validator ${name}`, 6),
      name,
      validateRequestBody: validateRequestBody === true,
      validateRequestParameters: validateRequestParameters === true,
    };
  });
}

/** The one that an operation has, its own or that of the document. */
export function validatorOf(
  document: ApiDocument,
  operation: JsonObject,
  apiId: string,
): RequestValidator | undefined {
  const key = "x-amazon-apigateway-request-validator";
  const used = operation[key] ?? document.root[key];
  return requestValidators(document, apiId).find(({ name }) => name === used);
}
