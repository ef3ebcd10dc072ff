import { openStatements } from "../lib/any-principal";
import { openProviders } from "../lib/federated-trust";
import { allowing } from "../lib/policy-document";
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
    const document = role.known("assumeRolePolicy");
    if (openStatements(document).length > 0) {
      report("can be assumed by anybody");
    }
    for (const provider of new Set(allowing(document).flatMap(openProviders))) {
      report(`can be assumed by whoever ${provider} knows`);
    }
  },
});
