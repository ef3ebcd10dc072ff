import type { OpenAPIV3 } from "openapi-types";
import { operationObjects } from "./operations";
import { apiKeyScheme, apiKeySecurity } from "./operations/security";
import { errorResponse } from "./responses";
import { type ByOperation, entriesOf, isThere, type Operation, routes } from "./routes";
import { withScans } from "./scans";

/** How users are let in. */
export interface UserAccess {
  /** Whether a request may have an API key instead of a token, and then is of nobody. */
  allowApiKeys: boolean;
}

/** Name of the security scheme: a token in the header `Authorization`. */
const bearerScheme = "bearer";

/** What is different where users are known. */
export const ofUsers =
  "Users see and change their own images and uploads alone, as if there were no others; userId may be " +
  "left out, and another's is refused with 403 (NotYourUser). Admins see and change those of all.";

/** How callers tell who they are. */
export function securitySchemes(
  users: UserAccess | undefined,
): Record<string, OpenAPIV3.SecuritySchemeObject> {
  return {
    ...(users && {
      [bearerScheme]: {
        type: "http",
        scheme: "bearer",
        bearerFormat: "JWT",
        description: "A token of the stack's oidcIssuer, which tells who the user is.",
      },
    }),
    ...((!users || users.allowApiKeys) && {
      [apiKeyScheme]: {
        type: "apiKey",
        name: "x-api-key",
        in: "header",
        description: "Meters requests; it does not tell who the user is.",
      },
    }),
  };
}

/** What callers are asked for, but by operations that are open to all. */
export function securityOf(users: UserAccess | undefined): OpenAPIV3.SecurityRequirementObject[] {
  return users
    ? [{ [bearerScheme]: [] }, ...(users.allowApiKeys ? apiKeySecurity : [])]
    : apiKeySecurity;
}

/**
 * What each operation takes and answers that there is.
 *
 * @param scansUploads whether what is uploaded is scanned before an image is made of it.
 */
export function objectsFor(
  users: UserAccess | undefined,
  scansUploads: boolean,
): ByOperation<OpenAPIV3.OperationObject> {
  const there = entriesOf(operationObjects).filter(([name]) => isThere(name, users !== undefined));
  const objects = Object.fromEntries(
    there.map(([name, object]) => [name, users ? withUsers(name, object, users) : object]),
  );
  return scansUploads ? withScans(objects) : objects;
}

function withUsers(
  operation: Operation,
  object: OpenAPIV3.OperationObject,
  users: UserAccess,
): OpenAPIV3.OperationObject {
  const { "503": unavailable } = object.responses as Record<string, OpenAPIV3.ResponseObject>;
  return {
    ...object,
    security: securityOf(users),
    responses: {
      ...object.responses,
      401: errorResponse(
        401,
        "The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired)",
        "WWW-Authenticate",
      ),
      403: errorResponse(403, either(forbidden[operation], unknownKey)),
      ...(routes[operation].path.includes("{") && { 414: errorResponse(414, tooLongToAuthorize) }),
      503: errorResponse(
        503,
        either(unavailable?.description, busy[operation], undecided),
        "Retry-After",
      ),
    },
  };
}

function either(...reasons: (string | undefined)[]): string {
  return reasons.filter((reason) => reason !== undefined).join("; or: ");
}

const unknownKey = "The API key that the request counts to is not known (InvalidApiKey)";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const tooLongToAuthorize =
  "The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes";

const undecided =
  "Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable)";

const notYourUser = "The userId is another's (NotYourUser)";

const notTaken = `${notYourUser}; or: the user has as much as users may have (UserLimitReached)`;

/** What is refused to users that anyone else may do. */
const forbidden: Partial<Record<Operation, string>> = {
  "upload-image": notTaken,
  "create-upload": notTaken,
  "list-images": notYourUser,
  "process-data": notYourUser,
  "list-results": notYourUser,
  "put-record": notYourUser,
  "get-me": "The caller is no user, but has an API key (NoUser)",
};

const othersFirst = "Other requests change what the user has (UserBusy)";

/** What may have to be tried again, since images are counted. */
const busy: Partial<Record<Operation, string>> = {
  "upload-image": othersFirst,
  "delete-image": othersFirst,
};
