import type { OpenApiDocument } from "./openapi-document";
import { anyOf, type Truth } from "./truth";
import { at, entriesOf, isKnown, listOf, unknownValue } from "./values";

/** Whether nobody gets by what an operation asks for, and otherwise what is amiss. */
export interface Protection {
  isProtected: Truth;
  /** What is wrong with the security that is asked for; absent where none is. */
  flaw?: string;
}

/** What of an API's document differs between the kinds of APIs. */
export interface ApiKind {
  /** HTTP APIs check no API keys. */
  takesApiKeys: boolean;
}

/**
 * Whether whoever calls an operation needs a key, an authorizer or IAM. An operation's own security
 * replaces the document's. Of several requirements any one suffices, so that an empty one makes all
 * of them optional.
 */
export function protectionOf(
  document: OpenApiDocument,
  operation: unknown,
  kind: ApiKind,
): Protection {
  const { root } = document;
  const auth =
    document.at(operation, "x-amazon-apigateway-auth") ??
    document.at(root, "x-amazon-apigateway-auth");
  const authType = at(auth, "type");
  if (!isKnown(operation) || !isKnown(authType)) {
    return { isProtected: unknownValue };
  }
  if (typeof authType === "string" && authType.toUpperCase() !== "NONE") {
    return { isProtected: true };
  }
  const security = document.at(operation, "security") ?? document.at(root, "security");
  const alternatives = listOf(security).map((one) => byRequirement(document, one, kind));
  const isOpen = (one: Protection) => one.isProtected === false;
  return (
    alternatives.find((one) => isOpen(one) && one.flaw !== undefined) ??
    alternatives.find(isOpen) ??
    alternatives.find(({ isProtected }) => !isKnown(isProtected)) ?? {
      isProtected: alternatives.length > 0,
    }
  );
}

/** Of the schemes in a requirement, all have to be met. */
function byRequirement(document: OpenApiDocument, requirement: unknown, kind: ApiKind): Protection {
  if (!isKnown(requirement)) {
    return { isProtected: unknownValue };
  }
  const schemes = entriesOf(requirement).map(([name]) => byScheme(document, name, kind));
  const isProtected = anyOf(schemes.map((scheme) => scheme.isProtected));
  const flaws = schemes.flatMap(({ flaw }) => flaw ?? []);
  return { isProtected, ...(flaws.length > 0 && { flaw: flaws.join(", and ") }) };
}

/** API Gateway passes over schemes that say nothing to it, such as `http` with `bearer`. */
function byScheme(document: OpenApiDocument, name: string, { takesApiKeys }: ApiKind): Protection {
  const scheme = document.scheme(name);
  const authorizer = document.at(scheme, "x-amazon-apigateway-authorizer");
  const authType = document.at(scheme, "x-amazon-apigateway-authtype");
  const isKey = isApiKey(scheme);
  if ([scheme, authorizer, authType].some((value) => !isKnown(value))) {
    return { isProtected: unknownValue };
  }
  if (entriesOf(authorizer).length > 0 || String(authType).toLowerCase() === "awssigv4") {
    return { isProtected: true };
  }
  if (scheme === undefined) {
    return { isProtected: false, flaw: `its security scheme "${name}" is not defined` };
  }
  return isKey && takesApiKeys
    ? { isProtected: true }
    : {
        isProtected: false,
        flaw: isKey
          ? `its security scheme "${name}" is an API key, which HTTP APIs do not check`
          : `its security scheme "${name}" has no authorizer, without which API Gateway checks nothing`,
      };
}

/** The one header in which API Gateway looks for keys. */
function isApiKey(scheme: unknown): boolean {
  const [type, name, place] = ["type", "name", "in"].map((key) => at(scheme, key));
  return type === "apiKey" && String(name).toLowerCase() === "x-api-key" && place === "header";
}
