import type { Block, CheckedResource } from "./resource";
import { isKnown, mayBe, mayLieBetween, stringsOf } from "./values";

/** What a security group, or the firewall of an instance of Lightsail, lets in by one of its rules. */
export interface Ingress {
  rule: Block;
  /** What the rule's properties are called. */
  names: IngressNames;
}

interface IngressNames {
  protocol: string;
  ranges: readonly string[];
  /** Left out where there are none. */
  prefixLists?: string;
}

/** A type that has such rules: in a list, or as a resource each. */
interface IngressHolder extends IngressNames {
  list?: string;
}

const allProtocols = ["-1", "all"];
/** By name, which the provider takes in any case, and by number. */
const portProtocols = ["tcp", "udp", "6", "17"];

const inline: IngressHolder = {
  list: "ingress",
  protocol: "protocol",
  ranges: ["cidrBlocks", "ipv6CidrBlocks"],
  prefixLists: "prefixListIds",
};

const holders: Readonly<Record<string, IngressHolder>> = {
  "aws:ec2/securityGroup:SecurityGroup": inline,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": inline,
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    protocol: "protocol",
    ranges: ["cidrBlocks", "ipv6CidrBlocks"],
    prefixLists: "prefixListIds",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    protocol: "ipProtocol",
    ranges: ["cidrIpv4", "cidrIpv6"],
    prefixLists: "prefixListId",
  },
  // Which addresses a rule that names none lets in, AWS does not document: those are not judged.
  "aws:lightsail/instancePublicPorts:InstancePublicPorts": {
    list: "portInfos",
    protocol: "protocol",
    ranges: ["cidrs", "ipv6Cidrs"],
  },
};

export const ingressTypes: readonly string[] = Object.keys(holders);

/** Those whose rules may name prefix lists. */
export const prefixListTypes: readonly string[] = Object.entries(holders)
  .filter(([, { prefixLists }]) => prefixLists !== undefined)
  .map(([type]) => type);

/** The rules by which a resource lets something in. */
export function ingressOf(resource: CheckedResource): Ingress[] {
  const names = holders[resource.type];
  if (names === undefined || resource.declared("type") === "egress") {
    return [];
  }
  const rules = names.list === undefined ? [resource] : resource.blocks(names.list);
  return rules.map((rule) => ({ rule, names }));
}

/** The ranges in CIDR notation, of both families, that the rule lets in. */
export function rangesOf({ rule, names }: Ingress): string[] {
  return names.ranges.flatMap((property) => stringsOf(rule.known(property)));
}

/** Whether it is known which ports the rule is about; where it is not, that is told. */
export function hasKnownPorts({ rule, names }: Ingress): boolean {
  return [names.protocol, "fromPort", "toPort"].every((property) => isKnown(rule.known(property)));
}

/** Whether the rule lets traffic to the port in, or may turn out to; ports of ICMP are none. */
export function mayAdmit({ rule, names }: Ingress, port: number): boolean {
  const given = rule.declared(names.protocol);
  const protocol = isKnown(given) ? String(given).toLowerCase() : given;
  const first = rule.declared("fromPort");
  const last = rule.declared("toPort");
  return (
    mayBe(protocol, ...allProtocols) ||
    (mayBe(protocol, ...portProtocols) &&
      (first === -1 || (mayLieBetween(first, 0, port) && mayLieBetween(last, port, 65_535))))
  );
}

/** The property by which the resource refers to prefix lists. */
export function prefixListProperty({ type }: CheckedResource): string {
  const { list, prefixLists } = holders[type] ?? {};
  return list ?? prefixLists ?? "";
}
