import type { PolicyRecord } from "../policy-store";
import type { RoleRecord } from "../role-store";
import type { OperationContext } from "./operation-context";

export function shownRole(role: RoleRecord) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encoded(role.assumeRolePolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}

export function shownPolicy(policy: PolicyRecord, { roles }: Pick<OperationContext, "roles">) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: versionOf(policy),
    AttachmentCount: roles.all().filter(({ attached }) => attached.has(policy.arn)).length,
    PermissionsBoundaryUsageCount: roles
      .all()
      .filter(({ permissionsBoundary }) => permissionsBoundary === policy.arn).length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function shownVersion(policy: PolicyRecord) {
  return { VersionId: versionOf(policy), IsDefaultVersion: true, CreateDate: policy.updatedAt };
}

export function versionOf({ version }: PolicyRecord): string {
  return `v${version}`;
}

/** Documents are percent-encoded by RFC 3986 in answers. */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** None, where a role has no boundary. */
export function shownBoundary({ permissionsBoundary: PermissionsBoundaryArn }: RoleRecord) {
  return PermissionsBoundaryArn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn } };
}

/** The managed policies that a role has. */
export function attachedPolicies(role: RoleRecord, { roles }: Pick<OperationContext, "roles">) {
  return [...role.attached.keys()].flatMap((arn) => roles.policies.get(arn) ?? []);
}

/** Whether a role has the policy, or is bounded by it. */
export function isUsed({ arn }: PolicyRecord, { roles }: Pick<OperationContext, "roles">): boolean {
  return roles
    .all()
    .some(({ attached, permissionsBoundary }) => attached.has(arn) || permissionsBoundary === arn);
}
