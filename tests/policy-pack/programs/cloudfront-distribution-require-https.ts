import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:cloudfront/distribution:Distribution";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "cdn", {
        enabled: true,
        origins: [
          {
            originId: "images",
            domainName: "images.example.com",
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
            },
          },
        ],
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        defaultCacheBehavior: {
          targetOriginId: "images",
          viewerProtocolPolicy: "redirect-to-https",
          compress: true,
          responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
        },
      }),
    ],
    decisive: ["cdn", "defaultCacheBehavior"],
    undecided: {
      unjudged: ['aws.cloudfront.Distribution "cdn" (defaultCacheBehavior.viewerProtocolPolicy)'],
    },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "cdn", {
        enabled: true,
        origins: [
          {
            originId: "images",
            domainName: "images.example.com",
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
            },
          },
        ],
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        defaultCacheBehavior: {
          targetOriginId: "images",
          viewerProtocolPolicy: "allow-all",
          compress: true,
          responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
        },
      }),
    ],
    violations: ['aws.cloudfront.Distribution "cdn" serves plain HTTP by the default behavior'],
    decisive: ["cdn", "defaultCacheBehavior"],
    undecided: {
      unjudged: ['aws.cloudfront.Distribution "cdn" (defaultCacheBehavior.viewerProtocolPolicy)'],
    },
  },
];
