import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

function program(cidr: string): RuleProgram["resources"] {
  const list = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", {
    entries: [{ cidr }],
  });
  const ingress = [{ protocol: "tcp", fromPort: 22, toPort: 22, prefixListIds: [ref(list)] }];
  return [list, resource("aws:ec2/securityGroup:SecurityGroup", "web", { ingress })];
}

const undecided = {
  unjudged: ['aws.ec2.SecurityGroup "web" (entries.cidr of aws.ec2.ManagedPrefixList "offices")'],
};

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: program("203.0.113.0/24"),
    decisive: ["offices", "entries"],
    undecided,
  },
  {
    title: "lets the whole internet in by a list",
    resources: program("0.0.0.0/0"),
    violations: [
      'aws.ec2.SecurityGroup "web" lets the whole internet in by aws.ec2.ManagedPrefixList "offices"',
    ],
    decisive: ["offices", "entries"],
    undecided,
  },
];
