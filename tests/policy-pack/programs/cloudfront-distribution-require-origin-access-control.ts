import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:cloudfront/distribution:Distribution";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [
      resource(type, "cdn", {
        enabled: true,
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
        origins: [
          {
            originId: "images",
            domainName: "images.s3.us-east-1.amazonaws.com",
            originAccessControlId: "E1ABCDEFGHIJKL",
          },
        ],
      }),
    ],
    decisive: ["cdn", "origins"],
    undecided: { unjudged: ['aws.cloudfront.Distribution "cdn" (origins.domainName)'] },
  },
  {
    title: "violates it explicitly",
    resources: [
      resource(type, "cdn", {
        enabled: true,
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
        origins: [{ originId: "images", domainName: "images.s3.us-east-1.amazonaws.com" }],
      }),
    ],
    violations: [
      'aws.cloudfront.Distribution "cdn" has the origin "images", which is a bucket without origin access control',
    ],
    decisive: ["cdn", "origins"],
    undecided: { unjudged: ['aws.cloudfront.Distribution "cdn" (origins.domainName)'] },
  },
];
