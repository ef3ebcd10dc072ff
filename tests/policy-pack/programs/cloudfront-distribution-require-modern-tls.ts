import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: {
    ...distribution,
    viewerCertificate: {
      acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    },
  },
  wrong: [
    [
      {
        viewerCertificate: {
          acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1_2016",
        },
      },
      "accepts TLSv1_2016",
    ],
  ],
  asks: { viewerCertificate: "viewerCertificate.minimumProtocolVersion" },
});
