import type { Structure } from "../api/output";
import type { Account } from "../types";
import type { BasePathMapping, DomainName } from "./domain-names";
import { notFound } from "./errors";
import { gatewayArn } from "./gateway-arn";
import type { ApiKey } from "./usage-plans";
import { list, planNamed, view, type View, type ViewContext } from "./view";

type Path = Readonly<Record<string, string>>;

/** How the API calls the base path of all paths that no other mapping has. */
const noBasePath = "(none)";

/** What shows an account's settings, its domain names, and what keys its plans have. */
export const accountViews: Readonly<Record<string, View>> = {
  "GET /account": view("GetAccount", (_call, { settings, loggingRoleArn }) => {
    const { apiKeyVersion, features, throttleSettings } = settings;
    return {
      apiKeyVersion,
      cloudwatchRoleArn: loggingRoleArn,
      features,
      throttleSettings: { ...throttleSettings },
    };
  }),
  "GET /domainnames": list("GetDomainNames", ({ account, domainNames }) =>
    domainNames.all().map((domain) => domainOf(domain, account)),
  ),
  "GET /domainnames/{domain}": view("GetDomainName", ({ path }, context) =>
    domainOf(domainNamed(path, context), context.account),
  ),
  "GET /domainnames/{domain}/basepathmappings": list("GetBasePathMappings", (context, { path }) =>
    domainNamed(path, context).mappings.map(mappingOf),
  ),
  "GET /domainnames/{domain}/basepathmappings/{base}": view(
    "GetBasePathMapping",
    ({ path }, context) => {
      const base = path.base === noBasePath ? "" : path.base;
      const mapping = domainNamed(path, context).mappings.find(({ basePath }) => basePath === base);
      if (!mapping) {
        throw notFound("Invalid base path mapping identifier specified");
      }
      return mappingOf(mapping);
    },
  ),
  "GET /usageplans/{plan}/keys": list("GetUsagePlanKeys", (context, { path, query }) =>
    keysOf(path, context)
      .filter(({ name }) => name.startsWith(query.get("name") ?? ""))
      .map(planKeyOf),
  ),
  "GET /usageplans/{plan}/keys/{key}": view("GetUsagePlanKey", ({ path }, context) => {
    const key = keysOf(path, context).find(({ id }) => id === path.key);
    if (!key) {
      throw notFound("Invalid API Key identifier specified");
    }
    return planKeyOf(key);
  }),
};

function domainNamed({ domain: name = "" }: Path, { domainNames }: ViewContext): DomainName {
  const domain = domainNames.all().find((each) => each.name === name);
  if (!domain) {
    throw notFound("Invalid domain name identifier specified");
  }
  return domain;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html */
function domainOf({ name, settings }: DomainName, account: Account): Structure {
  const { regionalCertificateArn, regionalDomainName, regionalZoneId, securityPolicy } = settings;
  return {
    domainName: name,
    domainNameArn: gatewayArn(account, `domainnames/${name}`),
    domainNameStatus: "AVAILABLE",
    endpointConfiguration: { types: ["REGIONAL"], ipAddressType: "ipv4" },
    regionalCertificateArn,
    regionalDomainName,
    regionalHostedZoneId: regionalZoneId,
    routingMode: "BASE_PATH_MAPPING_ONLY",
    securityPolicy,
    tags: new Map(Object.entries(settings.tags)),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_BasePathMapping.html */
function mappingOf({ basePath, restApiId, stageName }: BasePathMapping): Structure {
  return { basePath: basePath === "" ? noBasePath : basePath, restApiId, stage: stageName };
}

function keysOf(path: Path, context: ViewContext): ApiKey[] {
  const plan = planNamed(context, path);
  return context.plans.keys().filter((key) => plan.keys.has(key.id));
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UsagePlanKey.html */
function planKeyOf({ id, name, value }: ApiKey): Structure {
  return { id, type: "API_KEY", name, value };
}
