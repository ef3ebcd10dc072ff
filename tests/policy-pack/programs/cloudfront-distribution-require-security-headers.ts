import { programsOf } from "../support/examples";
import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { distribution } from "../support/well-built";

/** A distribution whose headers policy tells browsers this of HTTPS. */
function telling(strictTransportSecurity: object) {
  const headers = resource(
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    "headers",
    { securityHeadersConfig: { strictTransportSecurity, contentTypeOptions: { override: true } } },
  );
  const defaultCacheBehavior = {
    ...distribution.defaultCacheBehavior,
    responseHeadersPolicyId: ref(headers),
  };
  return [
    headers,
    resource("aws:cloudfront/distribution:Distribution", "cdn", {
      ...distribution,
      defaultCacheBehavior,
    }),
  ];
}

const forHost = telling({ accessControlMaxAgeSec: 31_536_000, override: true });
const settings = { subdomains: true };

const ofSubdomains: RuleProgram[] = [
  { title: "leaves subdomains out, and nobody asks", resources: forHost },
  {
    title: "leaves subdomains out",
    resources: forHost,
    settings,
    violations: [
      'aws.cloudfront.Distribution "cdn" uses aws.cloudfront.ResponseHeadersPolicy "headers", whose Strict-Transport-Security leaves subdomains out',
    ],
  },
  {
    title: "includes subdomains",
    resources: telling({
      accessControlMaxAgeSec: 31_536_000,
      override: true,
      includeSubdomains: true,
    }),
    settings,
  },
];

const ofHeaders = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: distribution,
  wrong: [
    [
      {
        defaultCacheBehavior: {
          ...distribution.defaultCacheBehavior,
          responseHeadersPolicyId: undefined,
        },
      },
      "adds no security headers by the default behavior",
    ],
  ],
  asks: { defaultCacheBehavior: null },
});

export const programs: RuleProgram[] = [...ofHeaders, ...ofSubdomains];
