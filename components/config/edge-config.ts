import { z } from "zod";
import type { Problem } from "../../handlers/http/errors";
import { countries } from "../edge/countries";
import type { GivenConfig } from "./config-problems";
import { areDifferent, flag, integer, list } from "./config-values";

/** What is decided of the edge by config. */
export interface EdgeSettings {
  /** Left out, AWS's own names are used. */
  domain?: DomainSettings;
  /** Left out, there is none. */
  firewall?: FirewallSettings;
  /** Where images and results may be had; left out, everywhere. */
  geoRestriction?: GeoRestriction;
  hsts: HstsScope;
  /** Days for which access logs of the distributions are kept; left out, there are none. */
  accessLogDays?: number;
}

/** Names of one's own for API and distributions. */
export interface DomainSettings {
  /** What they are under, such as `img.example.com`. */
  domainName: string;
  /** Id or name of the Route 53 zone that gets the records; left out, DNS is elsewhere. */
  hostedZone?: string;
  /** ARN of the certificate for both distributions, in us-east-1; left out, certificates are issued. */
  cdnCertificateArn?: string;
  /** ARN of the certificate for the API, in the stack's region; left out, one is issued. */
  apiCertificateArn?: string;
}

/** How AWS WAF is set up. */
export interface FirewallSettings {
  /** Requests of one IP address in five minutes, after which the next are refused. */
  rateLimit: number;
}

/** By the country of a viewer's IP address. */
export interface GeoRestriction {
  /** Whether all others are refused (`whitelist`), or these. */
  restrictionType: "whitelist" | "blacklist";
  /** Codes of ISO 3166-1 alpha-2. */
  locations: readonly string[];
}

/** For which hosts a browser that has seen one answer takes HTTPS for granted. */
export type HstsScope = (typeof hstsScopes)[number];

const hstsScopes = ["host", "subdomains", "preload"] as const;

/**
 * Characters of a domain's name, so that a certificate can be for `results.` and the name: ACM takes 64.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const maxDomainLength = 56;

/** One or more labels, of which the last is no number: as hosts of URLs are written. */
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
const zoneId = /^Z[A-Z0-9]{1,31}$/;

const certificateArn = /^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const onlyWithDomain = "only with a domainName";

/** Keys of the stack's config that say how the edge is protected and called. */
export const edgeShape = {
  domainName: z
    .string()
    .refine((text) => text === "" || (hostName.test(text) && text.length <= maxDomainLength))
    .describe(
      `empty, or a domain of at most ${maxDomainLength} characters such as img.example.com, in small letters`,
    ),
  hostedZone: z
    .string()
    .refine((text) => text === "" || zoneId.test(text) || hostName.test(text))
    .describe(
      "empty, or a public hosted zone of Route 53, by its id such as Z0123456789ABCDEFGHIJ or by its name: " +
        `the domainName or what it is under; ${onlyWithDomain}`,
    ),
  cdnCertificateArn: certificate(
    "in us-east-1 and for images. and results. under the domainName",
    (arn) => arn.includes(":acm:us-east-1:"),
  ),
  apiCertificateArn: certificate("in the stack's region and for api. under the domainName"),
  firewall: flag(),
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
  firewallRateLimit: integer(10, 2_000_000_000),
  allowedCountries: countryCodes("allowedCountries", "deniedCountries"),
  deniedCountries: countryCodes("deniedCountries", "allowedCountries"),
  hsts: z
    .enum(hstsScopes)
    .describe(`one of ${hstsScopes.join(", ")}; another than host ${onlyWithDomain}`),
  cdnAccessLogs: flag(),
  cdnAccessLogDays: integer(1, 36_500),
};

const keys = z.object(edgeShape);

type EdgeConfig = z.output<typeof keys>;

/** What the config says of the edge, or what is wrong with values that are each well formed. */
export function readEdge(given: GivenConfig): {
  settings?: EdgeSettings;
  problems: readonly Problem[];
} {
  const { data: config } = keys.safeParse(given);
  if (!config) {
    return { problems: [] };
  }
  const problems = [...domainProblems(config, given), ...countryProblems(config, given)];
  return problems.length > 0 ? { problems } : { problems, settings: toSettings(config) };
}

function domainProblems(config: EdgeConfig, given: GivenConfig): Problem[] {
  const { domainName, hostedZone, hsts } = config;
  const certificates = ["cdnCertificateArn", "apiCertificateArn"] as const;
  if (domainName === "") {
    const said = (["hostedZone", ...certificates] as const).filter((key) => config[key] !== "");
    return [...said, ...(hsts === "host" ? [] : ["hsts"])].map((field) => ({
      field,
      problem: `is ${JSON.stringify(given[field])} without a domainName`,
    }));
  }
  if (hostedZone === "") {
    return certificates
      .filter((key) => config[key] === "")
      .map((field) => ({ field, problem: "is empty beside a domainName without a hostedZone" }));
  }
  return zoneId.test(hostedZone) || `.${domainName}`.endsWith(`.${hostedZone}`)
    ? []
    : [
        {
          field: "hostedZone",
          problem: `is ${JSON.stringify(hostedZone)}, in which the domainName ${domainName} is not`,
        },
      ];
}

function countryProblems(
  { allowedCountries, deniedCountries }: EdgeConfig,
  given: GivenConfig,
): Problem[] {
  return allowedCountries.length > 0 && deniedCountries.length > 0
    ? [
        {
          field: "deniedCountries",
          problem: `is ${JSON.stringify(given.deniedCountries)} beside allowedCountries`,
        },
      ]
    : [];
}

function toSettings(config: EdgeConfig): EdgeSettings {
  const { allowedCountries, deniedCountries } = config;
  const [restrictionType, locations] =
    allowedCountries.length > 0
      ? (["whitelist", allowedCountries] as const)
      : (["blacklist", deniedCountries] as const);
  return {
    hsts: config.hsts,
    ...(config.domainName !== "" && { domain: toDomain(config) }),
    ...(config.firewall && { firewall: { rateLimit: config.firewallRateLimit } }),
    ...(locations.length > 0 && { geoRestriction: { restrictionType, locations } }),
    ...(config.cdnAccessLogs && { accessLogDays: config.cdnAccessLogDays }),
  };
}

function toDomain(config: EdgeConfig): DomainSettings {
  const { domainName, hostedZone, cdnCertificateArn, apiCertificateArn } = config;
  return {
    domainName,
    ...(hostedZone !== "" && { hostedZone }),
    ...(cdnCertificateArn !== "" && { cdnCertificateArn }),
    ...(apiCertificateArn !== "" && { apiCertificateArn }),
  };
}

function certificate(which: string, isAccepted: (arn: string) => boolean = () => true) {
  return z
    .string()
    .refine((text) => text === "" || (certificateArn.test(text) && isAccepted(text)))
    .describe(
      `empty, or the ARN of a certificate of ACM, ${which}; ${onlyWithDomain}, and needed without a hostedZone`,
    );
}

function countryCodes(key: string, other: string) {
  return list(
    z.string(),
    `a list of different countries by their codes of ISO 3166-1 alpha-2 such as DE; one of ${key} and ${other} is empty`,
    (codes) => areDifferent(codes) && codes.every((code) => countries.has(code)),
  );
}
