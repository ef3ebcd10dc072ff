import { cis, fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { entriesOf, isKnown, listOf } from "../lib/values";

const roleType = "aws:iam/role:Role";

export const iamRoleForbidInlinePolicy = resourceRule({
  name: "iam-role-forbid-inline-policy",
  description: "Roles, users and groups have managed policies, no inline ones.",
  severity: "low",
  topic: "iam",
  references: [fsbp("IAM.2"), cis("1.15")],
  remediationSteps: "Create an aws.iam.Policy and attach it with an aws.iam.RolePolicyAttachment.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: [
    roleType,
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ],
  check(resource, report) {
    // A role with one empty entry is one that has all its inline policies removed.
    const inline = listOf(resource.known("inlinePolicies"));
    if (resource.type !== roleType) {
      report("is an inline policy");
    } else if (inline.some((policy) => isKnown(policy) && entriesOf(policy).length > 0)) {
      report("has inline policies");
    }
  },
});
