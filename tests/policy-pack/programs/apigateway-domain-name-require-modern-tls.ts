import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:apigateway/domainName:DomainName",
  clean: {
    domainName: "api.example.com",
    regionalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "TLS_1_2",
  },
  alsoClean: [
    { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" },
    { securityPolicy: undefined },
  ],
  wrong: [[{ securityPolicy: "TLS_1_0" }, "accepts TLS 1.0"]],
});
