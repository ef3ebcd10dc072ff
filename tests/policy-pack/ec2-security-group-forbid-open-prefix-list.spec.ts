import { ec2SecurityGroupForbidOpenPrefixList as policy } from "../../policy-pack/policies/ec2-security-group-forbid-open-prefix-list";
import { assertAccepted, assertRefused, outputOf } from "./support/harness";
import { ref, resource } from "./support/program";

describe("ec2-security-group-forbid-open-prefix-list", () => {
  const list = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "anywhere", {
    entries: [{ cidr: "0.0.0.0/1" }, { cidr: "128.0.0.0/1" }],
  });
  const known = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", {
    entries: [{ cidr: "203.0.113.0/24" }],
  });
  const problem = 'lets the whole internet in by aws.ec2.ManagedPrefixList "anywhere"';

  function groupWith(prefixList: unknown) {
    return resource("aws:ec2/securityGroup:SecurityGroup", "web", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, prefixListIds: [prefixList] }],
    });
  }

  it("accepts lists of known addresses, those of AWS, and none", async () => {
    await assertAccepted(policy, [known, groupWith(ref(known))]);
    await assertAccepted(policy, [list, groupWith("pl-6da54004")]);
    await assertAccepted(policy, [list, groupWith(outputOf())]);
    await assertAccepted(policy, [
      list,
      resource("aws:ec2/securityGroupRule:SecurityGroupRule", "out", {
        type: "egress",
        prefixListIds: [ref(list)],
      }),
    ]);
  });

  it("refuses a list that has the whole internet, inline and in rules of their own", async () => {
    await assertRefused(
      policy,
      [list, groupWith(ref(list))],
      `aws.ec2.SecurityGroup "web" ${problem}`,
    );
    await assertRefused(
      policy,
      [
        list,
        resource("aws:ec2/securityGroupRule:SecurityGroupRule", "in", {
          type: "ingress",
          prefixListIds: [ref(list)],
        }),
      ],
      `aws.ec2.SecurityGroupRule "in" ${problem}`,
    );
    await assertRefused(
      policy,
      [
        list,
        resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "in", {
          prefixListId: ref(list),
        }),
      ],
      `aws.vpc.SecurityGroupIngressRule "in" ${problem}`,
    );
  });

  it("reads entries that are resources of their own", async () => {
    const empty = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "anywhere", {});
    const entry = resource("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "all", {
      prefixListId: ref(empty),
      cidr: "::/0",
    });
    await assertRefused(
      policy,
      [empty, entry, groupWith(ref(empty))],
      `aws.ec2.SecurityGroup "web" ${problem}`,
    );
  });
});
