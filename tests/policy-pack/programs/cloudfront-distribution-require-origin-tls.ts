import { programsOf } from "../support/examples";

function origins(customOriginConfig: object, domainName = "api.example.com") {
  return { origins: [{ originId: "api", domainName, customOriginConfig }] };
}

const modern = { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] };

export const programs = programsOf({
  type: "aws:cloudfront/distribution:Distribution",
  clean: origins(modern),
  alsoClean: [
    origins({ ...modern, originProtocolPolicy: "match-viewer" }),
    { origins: [{ originId: "images", domainName: "images.s3.eu-west-1.amazonaws.com" }] },
    origins(
      { ...modern, originProtocolPolicy: "http-only" },
      "images.s3-website.eu-west-1.amazonaws.com",
    ),
  ],
  wrong: [
    [origins({ ...modern, originProtocolPolicy: "http-only" }), "reaches api without TLS"],
    [
      origins({ ...modern, originSslProtocols: ["SSLv3", "TLSv1.2"] }),
      "reaches api by SSLv3 as well",
    ],
  ],
  asks: {
    origins:
      "origins.customOriginConfig.originProtocolPolicy, origins.customOriginConfig.originSslProtocols",
  },
});
