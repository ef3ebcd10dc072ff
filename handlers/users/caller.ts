import type { APIGatewayProxyEvent } from "aws-lambda";
import { ApiError } from "../http/errors";
import { headerLines } from "../http/request";
import { maxClockSkewSeconds } from "./clock-skew";

/**
 * Who asks: anyone, where the API knows keys alone; else a program with a key, or whoever a token
 * names. To a user, there are no images but the own; all others see and change everybody's.
 */
export type Caller =
  | { kind: "anyone" }
  | { kind: "service" }
  | { kind: "user" | "admin"; userId: string };

/** Whoever asks, where the API knows keys alone. */
export const anyone: Caller = { kind: "anyone" };

/** Whether callers are known: `users`, if an authorizer looks at them. */
type Callers = "anyone" | "users";

/** What the authorizer hands on of a caller. */
export interface CallerContext {
  kind: Exclude<Caller["kind"], "anyone">;
  /** Of a user or an admin; as `encodeURIComponent` writes it, since contexts are passed on in headers. */
  userId?: string;
  /** When the token of a user or an admin ends, in seconds since 1970. */
  expiresAt?: string;
}

/** @throws Error when the environment does not say whether callers are known. */
export function readCallers(settings: NodeJS.ProcessEnv): Callers {
  const callers = settings.CALLERS;
  if (callers !== "anyone" && callers !== "users") {
    throw new Error("The environment variable CALLERS is neither anyone nor users.");
  }
  return callers;
}

/**
 * Who sent a request, as the authorizer has found out.
 *
 * @throws ApiError 401 `InvalidToken` when it has several tokens: the authorizer may have looked at
 * another one than was meant. 401 `TokenExpired`: for minutes, the gateway remembers what was found
 * out of a token.
 * @throws Error when callers are known, but not who this is: nothing is to be done then.
 */
export function readCaller(event: APIGatewayProxyEvent, callers: Callers): Caller {
  const context = contextOf(event);
  // A deployment changes functions before the gateway: while that has its authorizer, and with it
  // whoever has a token, users stay confined to what is theirs.
  if (callers === "anyone" && context.kind === undefined) {
    return anyone;
  }
  const caller = knownCaller(context);
  if (headerLines(event, "authorization").length > 1) {
    throw new ApiError(401, "InvalidToken", "Send one Authorization header, and no more.");
  }
  return caller;
}

// API Gateway makes strings of all values.
type Context = Readonly<Partial<Record<string, unknown>>>;

function contextOf({ requestContext }: APIGatewayProxyEvent): Context {
  return requestContext.authorizer ?? {};
}

function knownCaller({ kind, userId, expiresAt }: Context): Caller {
  switch (kind) {
    case "service":
      return { kind };
    case "user":
    case "admin": {
      if (typeof userId !== "string" || userId === "") {
        throw new Error("The authorizer has not said who the user is.");
      }
      checkTime(expiresAt);
      return { kind, userId: decodeURIComponent(userId) };
    }
    default:
      throw new Error("The authorizer has not said who the caller is.");
  }
}

function checkTime(expiresAt: unknown): void {
  if (typeof expiresAt !== "string" || !/^\d{1,15}$/.test(expiresAt)) {
    throw new Error("The authorizer has not said when the token ends.");
  }
  if (Number(expiresAt) + maxClockSkewSeconds <= Date.now() / 1000) {
    // Without WWW-Authenticate, which the gateway would give another name.
    throw new ApiError(401, "TokenExpired", "The bearer token has expired: get a new one.");
  }
}
