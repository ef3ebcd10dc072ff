import type { TypeTable } from "./type-actions";

/** What deployments need for roles and policies. */
export const identityActions: TypeTable = {
  "aws:iam/policy:Policy": {
    write: [
      ...["iam:CreatePolicy", "iam:DeletePolicy", "iam:CreatePolicyVersion"],
      ...["iam:DeletePolicyVersion", "iam:TagPolicy", "iam:UntagPolicy"],
    ],
    read: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:ListPolicyTags"],
  },
  // What makes and changes roles is in `identity.ts`, as it depends on their boundary.
  "aws:iam/role:Role": {
    write: [],
    read: [
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRoleTags",
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": { write: [], read: ["iam:GetRolePolicy"] },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    write: [],
    read: ["iam:ListAttachedRolePolicies"],
  },
};
