import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { textOf } from "../lib/values";

/** TCP may carry TLS that ends behind the load balancer, but not at the port of HTTP. */
export const elbLoadBalancerRequireTls = resourceRule({
  name: "elb-load-balancer-require-tls",
  description: "Classic load balancers listen with HTTPS or TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("ELB.3")],
  remediationSteps:
    "Set lbProtocol to https or ssl with sslCertificateId, or use an Application load balancer, which can redirect.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-https-load-balancers.html",
  types: ["aws:elb/loadBalancer:LoadBalancer"],
  check(balancer, report) {
    const plain = balancer
      .blocks("listeners")
      .filter((listener) => isPlain(listener.known("lbProtocol"), listener.declared("lbPort")))
      .map((listener) => textOf(listener.declared("lbPort")));
    if (plain.length > 0) {
      report(`listens without TLS on port ${plain.join(", ")}`);
    }
  },
});

function isPlain(protocol: unknown, port: unknown): boolean {
  const name = String(protocol).toLowerCase();
  return name === "http" || (name === "tcp" && port === 80);
}
