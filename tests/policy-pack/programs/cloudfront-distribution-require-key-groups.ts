import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

const { defaultCacheBehavior } = distribution;

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: distribution,
  alsoClean: [
    {
      defaultCacheBehavior: {
        ...defaultCacheBehavior,
        trustedKeyGroups: ["3f6a1c9e-0d2b-4a57-9c8e-5b7d1e2f4a60"],
      },
    },
    { defaultCacheBehavior: { ...defaultCacheBehavior, trustedSigners: [] } },
  ],
  wrong: [
    [
      { defaultCacheBehavior: { ...defaultCacheBehavior, trustedSigners: ["self"] } },
      "trusts the key pairs of accounts to sign for the default behavior",
    ],
    [
      {
        orderedCacheBehaviors: [
          { ...defaultCacheBehavior, pathPattern: "/paid/*", trustedSigners: ["123456789012"] },
        ],
      },
      "trusts the key pairs of accounts to sign for the behavior for /paid/*",
    ],
  ],
  asks: {
    defaultCacheBehavior: "defaultCacheBehavior.trustedSigners",
    orderedCacheBehaviors: "orderedCacheBehaviors.trustedSigners",
  },
});
