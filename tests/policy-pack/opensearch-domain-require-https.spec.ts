import { opensearchDomainRequireHttps as policy } from "../../policy-pack/policies/opensearch-domain-require-https";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:opensearch/domain:Domain",
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
  },
  {
    type: "aws:elasticsearch/domain:Domain",
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
  },
);
