import { openStatementsAt } from "../lib/any-principal";
import { trustedProviders } from "../lib/federated-trust";
import { statementsOf } from "../lib/policy-document";
import { resourceRule } from "../lib/rule";

export const iamRoleRestrictTrust = resourceRule({
  name: "iam-role-restrict-trust",
  description: "Trust policies of roles name who may assume the role.",
  severity: "critical",
  topic: "iam",
  remediationSteps:
    "Name the principals; for an identity provider, add a condition on its sub claim that names the owner, such as repo:owner/repository:*.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  types: ["aws:iam/role:Role"],
  check(role, report) {
    if (openStatementsAt(role, "assumeRolePolicy").length > 0) {
      report("can be assumed by anybody");
    }
    const open = statementsOf(role.declared("assumeRolePolicy"))
      .flatMap(trustedProviders)
      .filter(({ isOpen }) => role.holds(isOpen, "assumeRolePolicy"));
    for (const name of new Set(open.map((provider) => provider.name))) {
      report(`can be assumed by whoever ${name} knows`);
    }
  },
});
