import { type Acm, covers } from "../acm/acm";
import { AwsError } from "../aws-error";
import type { Waf } from "../waf/waf";
import type { Distribution } from "./distribution";
import type { DistributionConfig } from "./types";

/** Where a configuration's references lead to. */
export interface Surroundings {
  acm: Acm;
  waf: Waf;
  /** All other distributions. */
  others: readonly Pick<Distribution, "hasAlias">[];
}

/**
 * Looks whether there is what a configuration refers to beside CloudFront's own. Of a certificate that this cloud
 * has not issued, it is not known what it is for.
 *
 * @throws AwsError `InvalidViewerCertificate`, `CNAMEAlreadyExists`, `WAFNonexistentItemException`.
 */
export function checkReferences(
  { aliases = [], certificateArn, webAclArn }: DistributionConfig,
  { acm, waf, others }: Surroundings,
): void {
  const certificate = certificateArn === undefined ? undefined : acm.find(certificateArn);
  const uncovered = certificate && aliases.find((alias) => !covers(certificate, alias));
  if (uncovered !== undefined) {
    throw new AwsError(
      "InvalidViewerCertificate",
      `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add: ${uncovered}`,
    );
  }
  const taken = aliases.find((alias) => others.some((other) => other.hasAlias(alias)));
  if (taken !== undefined) {
    throw new AwsError(
      "CNAMEAlreadyExists",
      `One or more of the CNAMEs you provided are already associated with a different resource: ${taken}`,
      409,
    );
  }
  if (webAclArn !== undefined) {
    waf.require(webAclArn, "CLOUDFRONT");
  }
}
