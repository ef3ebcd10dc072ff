import type { Operation } from "../../api/rpc-api";
import { quotas } from "../limits";
import { isManagedByAws } from "../managed-policies";
import type { OperationContext } from "./operation-context";
import { isUsed } from "./views";

/**
 * Quotas of an account that has asked for no others.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const accountQuotas: Readonly<Record<string, number>> = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: quotas.ACLSizePerRole,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: quotas.PoliciesPerRole,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5_120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1_000,
  PoliciesQuota: 1_500,
  PolicySizeQuota: quotas.PolicySize,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: quotas.InlinePolicySizePerRole,
  RolesQuota: 1_000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2_048,
  UsersQuota: 5_000,
  VersionsPerPolicyQuota: 5,
};

/** What an account can have that has no place here, and what its root user has: an access key alone. */
const fixedCounts: Readonly<Record<string, number>> = {
  AccountAccessKeysPresent: 1,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  // Tokens of STS's global endpoint: the default.
  GlobalEndpointTokenVersion: 1,
  Groups: 0,
  InstanceProfiles: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  ServerCertificates: 0,
  Users: 0,
};

/**
 * How much of what there is in the account, and how much there may be. Policies are the account's own; versions in
 * use are those of AWS's policies, too, that roles have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export const accountSummary: Operation<OperationContext> = (_input, context) => {
  context.caller.require("iam:GetAccountSummary", "*");
  const { roles, providers } = context;
  const policies = roles.policies.all();
  const counts = {
    Policies: policies.filter(({ arn }) => !isManagedByAws(arn)).length,
    PolicyVersionsInUse: policies.filter((policy) => isUsed(policy, context)).length,
    Providers: providers.all().length,
    Roles: roles.all().length,
  };
  return {
    SummaryMap: new Map(Object.entries({ ...accountQuotas, ...fixedCounts, ...counts })),
  };
};
