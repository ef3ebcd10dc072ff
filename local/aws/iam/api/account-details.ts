import { z } from "zod";
import type { Structure } from "../../api/output";
import type { Operation } from "../../api/rpc-api";
import { parseInput } from "../../parse-input";
import { tagList } from "../../tag-list";
import { isManagedByAws } from "../managed-policies";
import type { PolicyRecord } from "../policy-store";
import type { RoleRecord } from "../role-store";
import { entityKind } from "./entity-kind";
import type { OperationContext } from "./operation-context";
import { pageIn, pageInput } from "./paged";
import {
  attachedPolicies,
  encoded,
  isUsed,
  shownBoundary,
  shownPolicy,
  shownRole,
  shownVersion,
} from "./views";

const detailsInput = z.object({
  ...pageInput,
  Filter: z.array(entityKind).default([...entityKind.options]),
});

interface Detail {
  list: "Policies" | "RoleDetailList";
  shown: Structure;
}

/**
 * All roles and policies of the account with what they say; of AWS's own policies, those that are in use.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const accountDetails: Operation<OperationContext> = (input, context) => {
  context.caller.require("iam:GetAccountAuthorizationDetails", "*");
  const { Filter } = parseInput(detailsInput, input, "ValidationError");
  const { roles } = context;
  const policies = roles.policies
    .all()
    .filter((policy) => Filter.includes(kindOf(policy)))
    .filter((policy) => !isManagedByAws(policy.arn) || isUsed(policy, context));
  const all: Detail[] = [
    ...(Filter.includes("Role") ? roles.all() : []).map((role) => roleDetail(role, context)),
    ...policies.map((policy) => policyDetail(policy, context)),
  ];
  const { items, following } = pageIn(all, input);
  const listOf = (list: Detail["list"]) =>
    items.filter((each) => each.list === list).map(({ shown }) => shown);
  return {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: listOf("RoleDetailList"),
    Policies: listOf("Policies"),
    ...following,
  };
};

function kindOf({ arn }: PolicyRecord): z.infer<typeof entityKind> {
  return isManagedByAws(arn) ? "AWSManagedPolicy" : "LocalManagedPolicy";
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html */
function roleDetail(role: RoleRecord, context: OperationContext): Detail {
  return {
    list: "RoleDetailList",
    shown: {
      ...shownRole(role),
      // Neither is among the members of a detail.
      Description: undefined,
      MaxSessionDuration: undefined,
      ...shownBoundary(role),
      InstanceProfileList: [],
      RolePolicyList: [...role.inline].map(([name, { document }]) => ({
        PolicyName: name,
        PolicyDocument: encoded(document),
      })),
      AttachedManagedPolicies: attachedPolicies(role, context).map(({ name, arn }) => ({
        PolicyName: name,
        PolicyArn: arn,
      })),
      Tags: tagList(role.tags),
      RoleLastUsed: {},
    },
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ManagedPolicyDetail.html */
function policyDetail(policy: PolicyRecord, context: OperationContext): Detail {
  const version = { Document: encoded(policy.document), ...shownVersion(policy) };
  return {
    list: "Policies",
    shown: { ...shownPolicy(policy, context), PolicyVersionList: [version] },
  };
}
