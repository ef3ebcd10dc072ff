import { environmentRegion } from "./environment";

/** Where a service is asked, and for which region requests are signed. */
export interface ServiceEndpoint {
  url: URL;
  region: string;
}

/**
 * How the domains of regions end that are not of the `aws` partition, by how their names begin.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
const otherDomains: readonly (readonly [prefix: string, domain: string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["eusc-", "amazonaws.eu"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
];

/**
 * The endpoint of a service in the region of the environment, which may also name another one by
 * `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 *
 * @param service as in its host name.
 * @param name as in the variable. `@default` the same
 */
export function regionalEndpoint(service: string, name = service): ServiceEndpoint {
  const region = environmentRegion();
  const standard = `https://${service}.${region}.${domainOf(region)}`;
  return { url: configured(name) ?? new URL(standard), region };
}

/**
 * The endpoint of CloudFront, whose API is in one region for all others, and of which there are two, for
 * China and the rest of the world.
 * https://docs.aws.amazon.com/general/latest/gr/cf_region.html
 */
export function cloudFrontEndpoint(): ServiceEndpoint {
  const isChina = environmentRegion().startsWith("cn-");
  const region = isChina ? "cn-northwest-1" : "us-east-1";
  const standard = isChina
    ? `https://cloudfront.${region}.amazonaws.com.cn`
    : "https://cloudfront.amazonaws.com";
  return { url: configured("cloudfront") ?? new URL(standard), region };
}

function domainOf(region: string): string {
  return otherDomains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "amazonaws.com";
}

function configured(service: string): URL | undefined {
  const { env } = process;
  const url = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env.AWS_ENDPOINT_URL;
  return url ? new URL(url) : undefined;
}
