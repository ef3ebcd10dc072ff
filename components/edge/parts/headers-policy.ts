import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { HstsScope } from "../../config/edge-config";
import { hstsPolicy } from "../hsts";
import { preflightSeconds, readMethods } from "./reading";

/**
 * What CloudFront adds to every response: CORS for pages of other origins, and headers by which nothing
 * that it serves may run, be framed or be taken for another type.
 *
 * @param pages origins of those that may read responses, `*` alone for any, and what of the headers
 * their scripts may read.
 * @param hsts for which hosts browsers take HTTPS for granted.
 */
export function createHeadersPolicy(
  name: string,
  pages: { origins: readonly string[]; exposeHeaders: readonly string[] },
  hsts: HstsScope,
  parent: pulumi.Resource,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    name,
    {
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: readMethods },
        accessControlAllowOrigins: { items: [...pages.origins] },
        accessControlExposeHeaders: { items: [...pages.exposeHeaders] },
        accessControlMaxAgeSec: preflightSeconds,
        originOverride: true,
      },
      securityHeadersConfig: {
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        strictTransportSecurity: hstsPolicy(hsts),
      },
    },
    { parent },
  );
}
