import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: distribution,
  wrong: [
    [
      {
        defaultCacheBehavior: {
          ...distribution.defaultCacheBehavior,
          viewerProtocolPolicy: "allow-all",
        },
      },
      "serves plain HTTP by the default behavior",
    ],
  ],
  asks: { defaultCacheBehavior: "defaultCacheBehavior.viewerProtocolPolicy" },
});
