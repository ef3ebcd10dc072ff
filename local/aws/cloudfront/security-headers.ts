import type { HeaderRule, ResponseHeadersPolicy, SecurityHeaders } from "./types";

/** A response headers policy whose security settings are the first of its headers. */
export type AppliedPolicy = Omit<ResponseHeadersPolicy, "security">;

export function withSecurityHeaders({
  security = {},
  headers,
  ...policy
}: ResponseHeadersPolicy): AppliedPolicy {
  return { ...policy, headers: [...securityHeaderRules(security), ...headers] };
}

/** The headers that stand for security settings. */
function securityHeaderRules(settings: SecurityHeaders): HeaderRule[] {
  const { contentSecurityPolicy, contentTypeOptions, frameOptions, referrerPolicy } = settings;
  const rules: [string, string, { override: boolean } | undefined][] = [
    [
      "Content-Security-Policy",
      contentSecurityPolicy?.contentSecurityPolicy ?? "",
      contentSecurityPolicy,
    ],
    ["X-Content-Type-Options", "nosniff", contentTypeOptions],
    ["X-Frame-Options", frameOptions?.frameOption ?? "", frameOptions],
    ["Referrer-Policy", referrerPolicy?.referrerPolicy ?? "", referrerPolicy],
    ["Strict-Transport-Security", transportSecurity(settings), settings.strictTransportSecurity],
    ["X-XSS-Protection", xssProtection(settings), settings.xssProtection],
  ];
  return rules.flatMap(([header, value, setting]) =>
    setting === undefined ? [] : [{ header, value, override: setting.override }],
  );
}

function transportSecurity({ strictTransportSecurity: setting }: SecurityHeaders): string {
  const parts = [`max-age=${setting?.accessControlMaxAgeSec ?? 0}`];
  if (setting?.includeSubdomains === true) {
    parts.push("includeSubDomains");
  }
  if (setting?.preload === true) {
    parts.push("preload");
  }
  return parts.join("; ");
}

function xssProtection({ xssProtection: setting }: SecurityHeaders): string {
  if (setting?.protection !== true) {
    return "0";
  }
  const block = setting.modeBlock === true ? "; mode=block" : "";
  return `1${block}${setting.reportUri === undefined ? "" : `; report=${setting.reportUri}`}`;
}
