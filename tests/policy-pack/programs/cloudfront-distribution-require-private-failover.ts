import { programsOf } from "../support/examples";
import { distribution } from "../support/well-built";

const stored = {
  originId: "stored",
  domainName: "renditions.s3.us-east-1.amazonaws.com",
  originAccessControlId: "E1ABCDEFGHIJKL",
};
const made = {
  originId: "made",
  domainName: "renderer.example.com",
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
  },
};
const originGroups = [
  {
    originId: "images",
    failoverCriteria: { statusCodes: [403, 404] },
    members: [{ originId: "stored" }, { originId: "made" }],
  },
];
const secret = { customHeaders: [{ name: "x-origin-secret", value: "s3cr3t" }] };

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: {
    ...distribution,
    origins: [stored, { ...made, ...secret }],
    originGroups,
  },
  alsoClean: [
    { origins: [stored, { ...made, originAccessControlId: "E2ABCDEFGHIJKL" }] },
    { origins: [{ ...stored, originAccessControlId: undefined }, made] },
    { originGroups: undefined, origins: [stored, made] },
  ],
  wrong: [
    [
      { origins: [stored, made] },
      'has in the origin group "images" the origin "made", which anybody may reach',
    ],
  ],
  asks: { origins: "origins.originId" },
});
