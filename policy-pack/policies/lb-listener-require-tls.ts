import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { isKnown, mayBe } from "../lib/values";

/** Network load balancers pass TLS on to what is behind them, and Gateway ones have no protocol. */
export const lbListenerRequireTls = resourceRule({
  name: "lb-listener-require-tls",
  description:
    "Application load balancers and services of VPC Lattice listen with HTTPS, or redirect to it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("ELB.1"), fsbp("ELB.18")],
  remediationSteps:
    "Set protocol to HTTPS with a certificate, or let the default action of a load balancer redirect to the protocol HTTPS.",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  types: [
    "aws:lb/listener:Listener",
    "aws:alb/listener:Listener",
    "aws:vpclattice/listener:Listener",
  ],
  check(listener, report) {
    const protocol = listener.known("protocol");
    // Application load balancers, which alone have a default, need a port.
    const isPlain =
      protocol === undefined
        ? listener.declared("port") !== undefined
        : typeof protocol === "string" && protocol.toUpperCase() === "HTTP";
    if (isPlain && !redirectsToHttps(listener)) {
      report("listens without TLS");
    }
  },
});

function redirectsToHttps(listener: CheckedResource): boolean {
  return (
    !isKnown(listener.known("defaultActions")) ||
    listener
      .blocks("defaultActions")
      .some((action) => mayBe(action.known("redirect", "protocol"), "HTTPS"))
  );
}
