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
        defaultCacheBehavior: {
          targetOriginId: "images",
          viewerProtocolPolicy: "redirect-to-https",
          compress: true,
          responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
        },
        viewerCertificate: {
          acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
      }),
    ],
    decisive: ["cdn", "viewerCertificate"],
    undecided: {
      unjudged: ['aws.cloudfront.Distribution "cdn" (viewerCertificate.minimumProtocolVersion)'],
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
        defaultCacheBehavior: {
          targetOriginId: "images",
          viewerProtocolPolicy: "redirect-to-https",
          compress: true,
          responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
        },
        viewerCertificate: {
          acmCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1_2016",
        },
      }),
    ],
    violations: ['aws.cloudfront.Distribution "cdn" accepts TLSv1_2016'],
    decisive: ["cdn", "viewerCertificate"],
    undecided: {
      unjudged: ['aws.cloudfront.Distribution "cdn" (viewerCertificate.minimumProtocolVersion)'],
    },
  },
];
