import { opensearchDomainPolicyForbidAnyPrincipal as policy } from "../../policy-pack/policies/opensearch-domain-policy-forbid-any-principal";
import { assertAccepted, assertRefused, assertUnjudged, outputOf } from "./support/harness";
import { ref, resource } from "./support/program";

const open = JSON.stringify({
  Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "es:*", Resource: "*" },
});
const limited = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: "es:*",
    Resource: "*",
    Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  },
});

for (const service of ["opensearch", "elasticsearch"]) {
  describe(`opensearch-domain-policy-forbid-any-principal, ${service}`, () => {
    const label = `aws.${service}`;

    function domain(inputs: Record<string, unknown>) {
      return resource(`aws:${service}/domain:Domain`, "logs", inputs);
    }

    function policyOf(target: ReturnType<typeof domain>, accessPolicies: string) {
      return resource(`aws:${service}/domainPolicy:DomainPolicy`, "logs-policy", {
        domainName: ref(target, "domainName"),
        accessPolicies,
      });
    }

    it("accepts limits, and anybody who reaches a domain in a VPC", async () => {
      const inside = domain({ vpcOptions: { subnetIds: ["subnet-1"] }, accessPolicies: open });
      await assertAccepted(policy, [inside, policyOf(inside, open)]);
      const outside = domain({ accessPolicies: limited });
      await assertAccepted(policy, [outside, policyOf(outside, limited)]);
      await assertAccepted(policy, [domain({})]);
    });

    it("cannot judge principals that are not known yet, but outside of a VPC", async () => {
      const accessPolicies = {
        Statement: { Effect: "Allow", Principal: { AWS: outputOf() }, Action: "es:*" },
      };
      await assertUnjudged(
        policy,
        [domain({ accessPolicies })],
        `${label}.Domain "logs" (accessPolicies)`,
      );
      const vpcOptions = { subnetIds: ["subnet-1"] };
      await assertUnjudged(policy, [domain({ accessPolicies, vpcOptions })], []);
    });

    it("refuses anybody who reaches a domain outside of one", async () => {
      await assertRefused(
        policy,
        [domain({ accessPolicies: open })],
        `${label}.Domain "logs" lets anybody do es:*`,
      );
      const outside = domain({});
      await assertRefused(
        policy,
        [outside, policyOf(outside, open)],
        `${label}.DomainPolicy "logs-policy" lets anybody do es:*`,
      );
    });
  });
}
