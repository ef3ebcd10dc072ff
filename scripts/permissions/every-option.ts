import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { UserError } from "../../local/cli/user-error";
import { ownConfig } from "../../tests/support/program-run";

/** The config with which the program makes every kind of resource that it knows, and grants all that it can grant. */
export const everyOption: Readonly<Record<string, string>> = {
  ...ownConfig,
  bucketAccessLogs: "true",
  cdnAccessLogs: "true",
  dashboard: "true",
  deniedCountries: '["AQ"]',
  domainName: "img.example.com",
  firewall: "true",
  hostedZone: "example.com",
  hsts: "subdomains",
  logQueries: "true",
  malwareScan: "true",
  maxImagesPerUser: "1000",
  monthlyBudget: "100",
  publishEvents: "true",
  rollout: "Canary10Percent30Minutes",
  stripLocation: "true",
  watermark: "0198c0de-0000-7000-8000-000000000000",
};

/** Keys whose value makes no other kinds of resources and no other grants than their defaults do. */
const others = new Set([
  ...["allowApiKeys", "allowedCountries", "allowedOrigins", "apiCertificateArn", "apiKeys"],
  ...[
    "apiThrottleBurst",
    "apiThrottleRate",
    "bucketAccessLogDays",
    "budgetScope",
    "businessMetrics",
    "cdnAccessLogDays",
  ],
  ...["cdnCertificateArn", "dailyRequestQuota", "detailedLogs", "detailedMetrics"],
  ...[
    "dynamoReadCapacity",
    "dynamoWriteCapacity",
    "environment",
    "firewallRateLimit",
    "logRetentionDays",
  ],
  ...["manageApiGatewayAccount", "maxBytesPerUser", "maxDirectUploadBytes", "maxImagePixels"],
  ...["maxUploadBytes", "maxUrlSeconds", "oidcAdminClaim", "oidcAdminValue", "oidcUserClaim"],
  ...["originShieldRegion", "permissionsBoundary", "prefix", "presets", "presetsOnly"],
  ...["processThrottleBurst", "processThrottleRate", "protectData", "publicPresets"],
  ...["renditionExpireDays", "repositoryUrl", "reservedConcurrency", "resultsLockDays"],
  ...["urlSigningKeys", "urlWindowSeconds", "xrayTracing"],
]);

/** @throws UserError for a key of `Pulumi.yaml` of which it is not said what it makes. */
export function requireAllKeys(): void {
  const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as { config: object };
  const open = Object.keys(config).filter(
    (key) => !key.includes(":") && !(key in everyOption) && !others.has(key),
  );
  if (open.length > 0) {
    throw new UserError(
      `Say in scripts/permissions/every-option.ts what ${open.join(", ")} makes: give it a value ` +
        "that makes all that it can, or put it with the others.",
    );
  }
}
