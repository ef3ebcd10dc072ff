import { isIPv6 } from "node:net";

/** How much of an address family's space ranges may cover and still name somebody. */
interface Family {
  addressBits: number;
  /**
   * Shortest prefix of a single range: what is broader S3 takes for public, too.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
   */
  shortestPrefix: number;
  /** Share of all addresses that the ranges may cover together. */
  largestShare: number;
}

const ipv4: Family = { addressBits: 32, shortestPrefix: 8, largestShare: 2 ** -4 };
const ipv6: Family = { addressBits: 128, shortestPrefix: 32, largestShare: 2 ** -20 };

/** Unique local and link-local addresses of IPv6, of which nobody on the internet has one. */
const local = /^(f[cd]|fe[89ab])/i;

/** Whether ranges in CIDR notation, or single addresses, together leave out nearly nobody. */
export function coverMostOfInternet(ranges: readonly string[]): boolean {
  const distinct = [...new Set(ranges)].filter((range) => !local.test(range));
  return [ipv4, ipv6].some((family) => {
    const prefixes = distinct
      .filter((range) => familyOf(range) === family)
      .map((range) => prefixOf(range, family));
    const share = prefixes.reduce((sum, prefix) => sum + 2 ** -prefix, 0);
    return prefixes.some((prefix) => prefix < family.shortestPrefix) || share > family.largestShare;
  });
}

function familyOf(range: string): Family {
  return isIPv6(range.split("/")[0] ?? "") ? ipv6 : ipv4;
}

function prefixOf(range: string, { addressBits }: Family): number {
  const [, prefix] = range.split("/");
  return prefix === undefined ? addressBits : Number(prefix);
}
