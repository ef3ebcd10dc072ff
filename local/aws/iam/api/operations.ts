import { z } from "zod";
import type { Operation } from "../../api/rpc-api";
import { globalArn } from "../../arn";
import { parseInput, refuseParameters } from "../../parse-input";
import { tagList } from "../../tag-list";
import { isManagedByAws } from "../managed-policies";
import { accountDetails } from "./account-details";
import { accountSummary } from "./account-summary";
import { entityKind } from "./entity-kind";
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

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const page = { ...pageInput, PathPrefix: z.string().default("/") };
const listInput = z.object(page);
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
const entitiesInput = z.object({
  ...page,
  EntityFilter: entityKind.default("Role"),
});
const roleInput = z.object({ ...page, RoleName: z.string() });
const policyInput = z.object({ ...page, PolicyArn: z.string() });

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
    const { VersionId } = read(z.object({ VersionId: z.string() }), input);
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
        Tags: tagList(role.tags),
        RoleLastUsed: {},
      },
    };
  },
  GetRolePolicy: (input, context) => {
    const role = roleOf(input, context, "iam:GetRolePolicy");
    const { PolicyName } = read(z.object({ PolicyName: z.string() }), input);
    const policy = role.inline.get(PolicyName);
    if (!policy) {
      throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    }
    return { RoleName: role.name, PolicyName, PolicyDocument: encoded(policy.document) };
  },
  ListAttachedRolePolicies: (input, context) => {
    const role = roleOf(input, context, "iam:ListAttachedRolePolicies");
    const { PathPrefix } = read(listInput, input);
    const attached = attachedPolicies(role, context)
      .filter(({ path }) => path.startsWith(PathPrefix))
      .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn }));
    return paged("AttachedPolicies", attached, input);
  },
  ListEntitiesForPolicy: (input, context) => {
    const { arn } = policyOf(input, context, "iam:ListEntitiesForPolicy");
    refuseParameters(input, ["PolicyUsageFilter"], "ListEntitiesForPolicy of IAM");
    const { EntityFilter, PathPrefix } = read(entitiesInput, input);
    const roles = context.roles
      .all()
      .filter(({ attached, path }) => attached.has(arn) && path.startsWith(PathPrefix))
      .filter(() => EntityFilter === "Role")
      .map(({ name, roleId }) => ({ RoleName: name, RoleId: roleId }));
    return { ...paged("PolicyRoles", roles, input), PolicyGroups: [], PolicyUsers: [] };
  },
  ListPolicies: (input, context) => {
    context.caller.require("iam:ListPolicies", "*");
    refuseParameters(input, ["PolicyUsageFilter"], "ListPolicies of IAM");
    const { Scope, OnlyAttached, PathPrefix } = read(
      z.object({
        ...page,
        Scope: z.enum(["All", "AWS", "Local"]).default("All"),
        OnlyAttached: z.boolean().default(false),
      }),
      input,
    );
    const policies = context.roles.policies
      .all()
      .filter(({ arn }) => Scope === "All" || (Scope === "AWS") === isManagedByAws(arn))
      .filter(({ path }) => path.startsWith(PathPrefix))
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
    const { PathPrefix } = read(listInput, input);
    caller.require("iam:ListRoles", globalArn(account, "iam", `role${PathPrefix}`));
    const all = roles.all().filter(({ path }) => path.startsWith(PathPrefix));
    return paged("Roles", all.map(shownRole), input);
  },
};

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "ValidationError");
}

function roleOf(input: unknown, { account, caller, roles }: OperationContext, action: string) {
  const { RoleName } = read(roleInput, input);
  const found = roles.all().find(({ name }) => name === RoleName);
  caller.require(action, found?.arn ?? globalArn(account, "iam", `role/${RoleName}`));
  return roles.role(RoleName);
}

function policyOf(input: unknown, { caller, roles }: OperationContext, action: string) {
  const { PolicyArn } = read(policyInput, input);
  caller.require(action, PolicyArn);
  const policy = roles.policies.get(PolicyArn);
  if (!policy) {
    throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  }
  return policy;
}
