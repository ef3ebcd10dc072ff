import type { Waf } from "../waf/waf";
import { errorPage } from "./error-page";
import { searchOf } from "./query";
import type { DistributionConfig, GeoRestriction, ViewerRequest, WholeResponse } from "./types";

/** An answer to whoever is not let in. */
interface Closed {
  response: WholeResponse;
  /** Whether it is told as it is, and not by the page that the distribution has for its status. */
  isFinal: boolean;
}

/**
 * Refuses a viewer by country, or else by the web ACL, which does not get to see whom the former refuses.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-geo-match.html
 *
 * @returns nothing for whoever is let in.
 */
export function gate(
  { geoRestriction, webAclArn }: DistributionConfig,
  viewer: ViewerRequest,
  waf: Waf,
): Closed | undefined {
  if (geoRestriction && !isServed(geoRestriction, viewer)) {
    const message =
      "The Amazon CloudFront distribution is configured to block access from your country.";
    return { response: errorPage(403, message), isFinal: false };
  }
  const refusal = webAclArn === undefined ? undefined : inspect(waf, webAclArn, viewer);
  if (!refusal) {
    return undefined;
  }
  const { response } = refusal;
  if (!response) {
    return { response: errorPage(403, "Request blocked."), isFinal: false };
  }
  const { status, headers, body } = response;
  return {
    response: {
      status,
      headers: { server: "CloudFront", ...headers, "x-cache": "Error from cloudfront" },
      body: Buffer.from(body),
    },
    isFinal: true,
  };
}

/**
 * CloudFront knows the country of an address, and serves whom it cannot place, as all of this machine. To try a
 * restriction here, a viewer says where it is by the header that CloudFront tells origins so by; at AWS, what
 * viewers say there makes no difference.
 */
function isServed({ type, locations }: GeoRestriction, { headers }: ViewerRequest): boolean {
  const country = headers["cloudfront-viewer-country"]?.toUpperCase();
  return country === undefined || locations.includes(country) === (type === "whitelist");
}

function inspect(waf: Waf, webAclArn: string, { address, path, query, headers }: ViewerRequest) {
  return waf.inspect(webAclArn, {
    address,
    path,
    query: searchOf(query).slice(1),
    header: (name) => headers[name],
    bodyBytes: Number(headers["content-length"] ?? "0"),
  });
}
