import { ingressOf, prefixListProperty, prefixListTypes } from "../lib/ingress";
import { coverMostOfInternet } from "../lib/ip-ranges";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { stringsOf } from "../lib/values";

const listType = "aws:ec2/managedPrefixList:ManagedPrefixList";
const entryType = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/** A list may be used for anything, so that the whole internet in one is a way around other rules. */
export const ec2SecurityGroupForbidOpenPrefixList = stackRule({
  name: "ec2-security-group-forbid-open-prefix-list",
  description:
    "Security groups let nobody unknown in by a prefix list that has the whole internet.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("EC2.18"), fsbp("EC2.19")],
  remediationSteps: "List the addresses that may connect, or name them in the security group.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
  types: prefixListTypes,
  check(resource, report, _settings, stack) {
    const property = prefixListProperty(resource);
    const open =
      ingressOf(resource).length === 0 ? [] : stack.referred(resource, property, [listType]);
    for (const list of open.filter((one) => hasWholeInternet(one, stack))) {
      report(`lets the whole internet in by ${list.label}`);
    }
  },
});

function hasWholeInternet(list: CheckedResource, stack: CheckedStack): boolean {
  const inline = list.blocks("entries").flatMap((entry) => stringsOf(entry.known("cidr")));
  const separate = stack
    .referring(list, "prefixListId", [entryType])
    .flatMap((entry) => stringsOf(entry.known("cidr")));
  return coverMostOfInternet([...inline, ...separate]);
}
