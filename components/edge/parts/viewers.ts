import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GeoRestriction, HstsScope } from "../../config/edge-config";
import type { CustomDomain } from "../custom-domain";

/** How viewers reach a distribution. */
export interface ViewerArgs {
  /** The distribution's own name, with a certificate in us-east-1. `@default` that of CloudFront */
  domain?: CustomDomain | undefined;
  /** ARN of a web ACL of the scope `CLOUDFRONT`. `@default` none */
  webAclArn?: pulumi.Input<string> | undefined;
  /** Where it may be asked. `@default` everywhere */
  geoRestriction?: GeoRestriction | undefined;
  /** For which hosts browsers take HTTPS for granted. `@default` host */
  hsts?: HstsScope | undefined;
}

type DistributionArgs = Pick<
  aws.cloudfront.DistributionArgs,
  "aliases" | "viewerCertificate" | "restrictions" | "webAclId"
>;

/** What a distribution is given of how viewers reach it. */
export function viewerSettings({
  domain,
  webAclArn,
  geoRestriction,
}: ViewerArgs): DistributionArgs {
  return {
    ...(domain && { aliases: [domain.domainName] }),
    ...(webAclArn !== undefined && { webAclId: webAclArn }),
    restrictions: {
      geoRestriction: geoRestriction
        ? { ...geoRestriction, locations: [...geoRestriction.locations] }
        : { restrictionType: "none" },
    },
    viewerCertificate: domain
      ? {
          acmCertificateArn: domain.certificateArn,
          // By dedicated IP addresses, it would be $600 a month.
          sslSupportMethod: "sni-only",
          // TLS 1.2 and 1.3 with forward secrecy and authenticated encryption; what came later leaves out
          // ciphers that viewers of images still have.
          minimumProtocolVersion: "TLSv1.2_2021",
        }
      : // A minimumProtocolVersion would have no effect on the default certificate, under which
        // CloudFront always accepts TLS 1.0; only a certificate of one's own changes that.
        { cloudfrontDefaultCertificate: true },
  };
}

/** Where viewers find a distribution: at its own domain, which is led there, or at that of CloudFront. */
export function viewerUrl(
  { domainName, hostedZoneId }: aws.cloudfront.Distribution,
  { domain }: ViewerArgs,
): pulumi.Output<string> {
  return (
    domain?.pointTo({ name: domainName, zoneId: hostedZoneId }) ??
    pulumi.interpolate`https://${domainName}`
  );
}
