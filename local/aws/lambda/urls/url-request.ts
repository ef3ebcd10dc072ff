import type { IncomingMessage } from "node:http";
import type { Principal } from "../../iam/types";
import { randomId } from "../../random-id";
import type { Account } from "../../types";

/** A request to a function's URL. */
export interface UrlRequest {
  method: string;
  /** Path and query as they came. */
  url: string;
  /** With lower-case names; of several values, one text with commas. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
}

/** What an event says of more than the request itself. */
export interface UrlEventContext {
  account: Account;
  /** Identifier of the URL, as its provider gave it. */
  urlId: string;
  /** Host and port. */
  domainName: string;
  requestId: string;
  now: Date;
  /** Who signed; nobody where the URL is open. */
  signer?: { principal: Principal; accessKey: string };
}

/** Bodies of these types arrive as text, all others in base64. */
const textType = /^(text\/.*|application\/(json|javascript|xml))$/;

/** What a signature is made of is for Lambda, not for the function. */
const ofSignatures = ["authorization", "x-amz-security-token"];

/** Reads a request that has arrived, its body apart. */
export function urlRequestOf(message: IncomingMessage, body: Buffer): UrlRequest {
  const headers = Object.entries(message.headersDistinct).map(([name, values = []]) => [
    name,
    values.join(name === "cookie" ? "; " : ","),
  ]);
  return {
    method: message.method ?? "GET",
    url: message.url ?? "/",
    headers: Object.fromEntries(headers) as Record<string, string>,
    body,
    sourceIp: message.socket.remoteAddress ?? "",
  };
}

/**
 * The event that a function gets, in JSON: payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function urlEvent(request: UrlRequest, context: UrlEventContext): string {
  const { rawPath, rawQueryString } = partsOf(request.url);
  const { cookie, ...headers } = headersFor(request, context);
  const query = queryParameters(rawQueryString);
  return JSON.stringify({
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: requestContext(request, rawPath, context),
    ...bodyOf(request),
  });
}

function partsOf(url: string): { rawPath: string; rawQueryString: string } {
  const at = url.indexOf("?");
  return at < 0
    ? { rawPath: url, rawQueryString: "" }
    : { rawPath: url.slice(0, at), rawQueryString: url.slice(at + 1) };
}

function headersFor(
  { headers, sourceIp }: UrlRequest,
  { domainName, now, signer }: UrlEventContext,
): Record<string, string> {
  const shown = Object.entries(headers).filter(
    ([name]) => signer === undefined || !ofSignatures.includes(name),
  );
  return {
    ...Object.fromEntries(shown),
    "x-amzn-trace-id": `Root=${traceId(now)}`,
    "x-forwarded-for": headers["x-forwarded-for"] ?? sourceIp,
    "x-forwarded-port": domainName.split(":")[1] ?? "80",
    "x-forwarded-proto": "http",
  };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `1-${seconds.padStart(8, "0")}-${randomId(12, "hex")}`;
}

function queryParameters(rawQueryString: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    parameters[name] = known === undefined ? value : `${known},${value}`;
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

function requestContext(
  { method, headers, sourceIp }: UrlRequest,
  path: string,
  { account, urlId, domainName, requestId, now, signer }: UrlEventContext,
): Record<string, unknown> {
  return {
    accountId: signer ? account.accountId : "anonymous",
    apiId: urlId,
    ...(signer && { authorizer: { iam: authorizerOf(signer, account) } }),
    domainName,
    domainPrefix: urlId,
    http: {
      method,
      path: decoded(path),
      protocol: "HTTP/1.1",
      sourceIp,
      userAgent: headers["user-agent"] ?? "",
    },
    requestId,
    routeKey: "$default",
    stage: "$default",
    time: timeText(now),
    timeEpoch: now.getTime(),
  };
}

function authorizerOf(
  { principal, accessKey }: NonNullable<UrlEventContext["signer"]>,
  { accountId }: Account,
): Record<string, string | null> {
  const arn = "arn" in principal ? principal.arn : null;
  const caller = principal.kind === "service" ? principal.service : (arn ?? "");
  return { accessKey, accountId, callerId: caller, userArn: arn, userId: caller };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Such as `12/Mar/2020:19:03:58 +0000`. */
function timeText(now: Date): string {
  const day = String(now.getUTCDate()).padStart(2, "0");
  const month = months[now.getUTCMonth()] ?? "";
  return `${day}/${month}/${now.getUTCFullYear()}:${now.toISOString().slice(11, 19)} +0000`;
}

function bodyOf({ body, headers }: UrlRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) {
    return { isBase64Encoded: false };
  }
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  const isText = textType.test(type);
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}
