import { resourceRule } from "../lib/rule";

/** Domain names of HTTP and WebSocket APIs have no other policy than TLS 1.2. */
export const apigatewayDomainNameRequireModernTls = resourceRule({
  name: "apigateway-domain-name-require-modern-tls",
  description: "Domain names of REST APIs speak TLS 1.2 or later.",
  severity: "medium",
  topic: "api",
  remediationSteps: "Set securityPolicy to TLS_1_2 or to one that begins with SecurityPolicy_.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
  types: ["aws:apigateway/domainName:DomainName"],
  check(domainName, report) {
    // AWS's own choice for those that say nothing is TLS 1.2.
    if (domainName.known("securityPolicy") === "TLS_1_0") {
      report("accepts TLS 1.0");
    }
  },
});
