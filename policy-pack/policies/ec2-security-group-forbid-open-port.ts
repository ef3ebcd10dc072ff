import { sensitivePorts } from "../data/sensitive-ports";
import {
  hasKnownPorts,
  type Ingress,
  ingressOf,
  ingressTypes,
  mayAdmit,
  rangesOf,
} from "../lib/ingress";
import { coverMostOfInternet } from "../lib/ip-ranges";
import { cis, fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";

export const ec2SecurityGroupForbidOpenPort = resourceRule({
  name: "ec2-security-group-forbid-open-port",
  description:
    "Security groups, and firewalls of Lightsail, let nobody unknown reach ports of administration and databases.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("EC2.18"), fsbp("EC2.19"), cis("5.2"), cis("5.3")],
  remediationSteps:
    "Name the addresses or security groups that may connect; administer instances by Session Manager.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  settings: {
    ports: {
      type: "array",
      items: { type: "integer", minimum: 0, maximum: 65_535 },
      default: Object.values(sensitivePorts).flat(),
      description: "Ports that the whole internet may not reach.",
    },
  },
  types: ingressTypes,
  check(resource, report, { ports }) {
    const open = ingressOf(resource)
      .filter((one) => ports.some((port) => mayAdmit(one, port)))
      .filter((one) => coverMostOfInternet(rangesOf(one)) && hasKnownPorts(one));
    const reached = ports.filter((port) => open.some((one) => mayAdmit(one, port)));
    if (reached.length > 0) {
      report(`lets the whole internet reach ${open.some(isAll) ? "every port" : textOf(reached)}`);
    }
  },
});

function isAll(ingress: Ingress): boolean {
  return mayAdmit(ingress, 0) && mayAdmit(ingress, 65_535);
}

/** Such as `port 22 (SSH), 3389 (RDP)`. */
function textOf(ports: readonly number[]): string {
  const named = ports.map((port) => {
    const [name] = Object.entries(sensitivePorts).find(([, list]) => list.includes(port)) ?? [];
    return name === undefined ? String(port) : `${port} (${name})`;
  });
  return `port ${named.join(", ")}`;
}
