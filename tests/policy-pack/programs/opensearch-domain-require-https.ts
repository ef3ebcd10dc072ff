import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  clean: {
    domainEndpointOptions: {
      enforceHttps: true,
      tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
    },
  },
  alsoClean: [{ domainEndpointOptions: { enforceHttps: true } }],
  wrong: [
    [{ domainEndpointOptions: undefined }, "is reached without TLS"],
    [{ domainEndpointOptions: { enforceHttps: false } }, "is reached without TLS"],
    [
      {
        domainEndpointOptions: {
          enforceHttps: true,
          tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07",
        },
      },
      "accepts TLS 1.0",
    ],
  ],
  asks: {
    domainEndpointOptions:
      "domainEndpointOptions.enforceHttps, domainEndpointOptions.tlsSecurityPolicy",
  },
});
