import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

function program(domainInputs: Record<string, unknown>): RuleProgram["resources"] {
  const domain = resource("aws:opensearch/domain:Domain", "logs", domainInputs);
  const accessPolicies = JSON.stringify({
    Statement: { Effect: "Allow", Principal: "*", Action: "es:ESHttpGet", Resource: "*" },
  });
  return [
    domain,
    resource("aws:opensearch/domainPolicy:DomainPolicy", "logs-policy", {
      domainName: ref(domain, "domainName"),
      accessPolicies,
    }),
  ];
}

export const programs: RuleProgram[] = [
  {
    title: "is in a VPC",
    resources: program({ vpcOptions: { subnetIds: ["subnet-1"] } }),
    decisive: ["logs-policy", "accessPolicies"],
  },
  {
    title: "lets anybody read",
    resources: program({}),
    violations: ['aws.opensearch.DomainPolicy "logs-policy" lets anybody do es:ESHttpGet'],
    decisive: ["logs-policy", "accessPolicies"],
    undecided: { unjudged: ['aws.opensearch.DomainPolicy "logs-policy" (accessPolicies)'] },
  },
];
