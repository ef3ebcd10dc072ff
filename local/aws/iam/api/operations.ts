import { z } from "zod";
import type { Operation } from "../../api/rpc-api";
import { globalArn } from "../../arn";
import { refuseParameters } from "../../parse-input";
import { tagList } from "../../tag-list";
import { isManagedByAws } from "../managed-policies";
import { accountDetails } from "./account-details";
import { accountSummary } from "./account-summary";
import { entityKind } from "./entity-kind";
import { nameIn, pathPrefixIn, policyOf, read, roleOf } from "./entity-input";
import { noSuchEntity, type OperationContext } from "./operation-context";
import { paged, pageInput } from "./paged";
import { providerOperations } from "./provider-operations";
import {
  attachedPolicies,
  encoded,
  shownBoundary,
  shownPolicy,
  shownRole,
  shownVersion,
  versionOf,
} from "./views";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
const entitiesInput = z.object({
  ...pageInput,
  EntityFilter: entityKind.default("Role"),
});
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
const versionInput = z.object({
  VersionId: z.string().regex(/^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/),
});

/** Roles, policies and identity providers are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  ...providerOperations,
  GetAccountAuthorizationDetails: accountDetails,
  GetAccountSummary: accountSummary,
  GetPolicy: (input, context) => {
    const policy = policyOf(input, context, "iam:GetPolicy");
    return { Policy: { ...shownPolicy(policy, context), Tags: tagList(policy.tags) } };
  },
  GetPolicyVersion: (input, context) => {
    const policy = policyOf(input, context, "iam:GetPolicyVersion");
    const { VersionId } = read(versionInput, input);
    if (VersionId !== versionOf(policy)) {
      throw noSuchEntity(
        `Policy ${policy.arn} version ${VersionId} does not exist or is not kept.`,
      );
    }
    return { PolicyVersion: { Document: encoded(policy.document), ...shownVersion(policy) } };
  },
  GetRole: (input, context) => {
    const role = roleOf(input, context, "iam:GetRole");
    return {
      Role: {
        ...shownRole(role),
        ...shownBoundary(role),
        ...(Object.keys(role.tags).length > 0 && { Tags: tagList(role.tags) }),
        RoleLastUsed: {},
      },
    };
  },
  GetRolePolicy: (input, context) => {
    const role = roleOf(input, context, "iam:GetRolePolicy");
    const PolicyName = nameIn(input, "PolicyName");
    const policy = role.inline.get(PolicyName);
    if (!policy) {
      throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    }
    return { RoleName: role.name, PolicyName, PolicyDocument: encoded(policy.document) };
  },
  ListAttachedRolePolicies: (input, context) => {
    const role = roleOf(input, context, "iam:ListAttachedRolePolicies");
    const pathPrefix = pathPrefixIn(input, "policies");
    const attached = attachedPolicies(role, context)
      .filter(({ path }) => path.startsWith(pathPrefix))
      .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
    return paged("AttachedPolicies", attached, input);
  },
  ListEntitiesForPolicy: (input, context) => {
    const { arn } = policyOf(input, context, "iam:ListEntitiesForPolicy");
    refuseParameters(input, ["PolicyUsageFilter"], "ListEntitiesForPolicy of IAM");
    const { EntityFilter } = read(entitiesInput, input);
    const pathPrefix = pathPrefixIn(input, "entities");
    const roles = context.roles
      .all()
      .filter(({ attached, path }) => attached.has(arn) && path.startsWith(pathPrefix))
      .filter(() => EntityFilter === "Role")
      .map(({ name, roleId }) => ({ RoleName: name, RoleId: roleId }));
    return { ...paged("PolicyRoles", roles, input), PolicyGroups: [], PolicyUsers: [] };
  },
  ListPolicies: (input, context) => {
    context.caller.require("iam:ListPolicies", "*");
    refuseParameters(input, ["PolicyUsageFilter"], "ListPolicies of IAM");
    const { Scope, OnlyAttached } = read(
      z.object({
        Scope: z.enum(["All", "AWS", "Local"]).default("All"),
        OnlyAttached: z.boolean().default(false),
      }),
      input,
    );
    const pathPrefix = pathPrefixIn(input, "policies");
    const policies = context.roles.policies
      .all()
      .filter(({ arn }) => Scope === "All" || (Scope === "AWS") === isManagedByAws(arn))
      .filter(({ path }) => path.startsWith(pathPrefix))
      .map((policy) => shownPolicy(policy, context))
      .filter(({ AttachmentCount }) => !OnlyAttached || AttachmentCount > 0)
      // Lists have no descriptions. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html
      .map((policy) => ({ ...policy, Description: undefined }));
    return paged("Policies", policies, input);
  },
  ListPolicyTags: (input, context) =>
    paged("Tags", tagList(policyOf(input, context, "iam:ListPolicyTags").tags), input),
  ListPolicyVersions: (input, context) => {
    const policy = policyOf(input, context, "iam:ListPolicyVersions");
    return paged("Versions", [shownVersion(policy)], input);
  },
  ListRolePolicies: (input, context) => {
    const role = roleOf(input, context, "iam:ListRolePolicies");
    return paged("PolicyNames", [...role.inline.keys()], input);
  },
  ListRoleTags: (input, context) =>
    paged("Tags", tagList(roleOf(input, context, "iam:ListRoleTags").tags), input),
  ListRoles: (input, { account, caller, roles }) => {
    const pathPrefix = pathPrefixIn(input, "roles");
    caller.require("iam:ListRoles", globalArn(account, "iam", `role${pathPrefix}`));
    const all = roles.all().filter(({ path }) => path.startsWith(pathPrefix));
    return paged("Roles", all.map(shownRole), input);
  },
};
