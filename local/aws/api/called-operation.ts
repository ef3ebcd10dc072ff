import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * How a service of AWS is spoken to.
 * https://smithy.io/2.0/aws/protocols/index.html
 */
export type Protocol = "cbor" | "ec2" | "json" | "query" | "rest-json" | "rest-xml";

/** What a request asks for. */
export interface CalledOperation {
  /** Such as `sts`: the name by which requests are signed for it. */
  service: string;
  /** Such as `GetCallerIdentity`; of a REST protocol, method and path. */
  name: string;
  protocol: Protocol;
}

/** Services whose REST protocol is XML. */
const restXmlServices: ReadonlySet<string> = new Set(["cloudfront", "route53", "s3", "s3express"]);

/** Finds out what a request asks for, by what its protocol says where. */
export function calledOperation(
  { method = "", url = "", headers }: Pick<IncomingMessage, "headers" | "method" | "url">,
  body: string,
): CalledOperation {
  const service = signingNameOf({ headers, url }) ?? "this service";
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    return { service, name: target.split(".").at(-1) ?? target, protocol: "json" };
  }
  const [, rpcName] = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(pathname) ?? [];
  if (headers["smithy-protocol"] === "rpc-v2-cbor" && rpcName !== undefined) {
    return { service, name: rpcName, protocol: "cbor" };
  }
  const action = (isForm(headers) ? new URLSearchParams(body) : searchParams).get("Action");
  if (action !== null) {
    return { service, name: action, protocol: service === "ec2" ? "ec2" : "query" };
  }
  const protocol = restXmlServices.has(service) ? "rest-xml" : "rest-json";
  return { service, name: `${method} ${pathname}`, protocol };
}

/** Whether the parameters of a query are in the body. */
export function isForm(headers: IncomingHttpHeaders): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
}

/**
 * The service that a request is signed for, such as `sts`; `undefined` if nobody signed it.
 *
 * It is the fourth part of a credential's scope: `AKID/20260131/us-east-1/sts/aws4_request`.
 */
export function signingNameOf(
  request: Pick<IncomingMessage, "headers" | "url">,
): string | undefined {
  return scopeOf(request)?.service;
}

/** The region that a request is signed for, such as `us-east-1`; `undefined` if nobody signed it. */
export function signingRegionOf(
  request: Pick<IncomingMessage, "headers" | "url">,
): string | undefined {
  return scopeOf(request)?.region;
}

function scopeOf({
  headers,
  url = "",
}: Pick<IncomingMessage, "headers" | "url">): { region: string; service: string } | undefined {
  const credential = headers.authorization ?? presignedCredential(url);
  const [, region, service] =
    /(?:^|Credential=)[^/]+\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request/.exec(credential) ?? [];
  return region === undefined || service === undefined ? undefined : { region, service };
}

function presignedCredential(url: string): string {
  return new URLSearchParams(url.split("?")[1]).get("X-Amz-Credential") ?? "";
}
