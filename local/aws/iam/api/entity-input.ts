import { z } from "zod";
import { globalArn } from "../../arn";
import { AwsError } from "../../aws-error";
import { notEmulated } from "../../not-emulated";
import { parseInput } from "../../parse-input";
import { isManagedByAws } from "../managed-policies";
import type { PolicyRecord } from "../policy-store";
import type { RoleRecord } from "../role-store";
import { noSuchEntity, type OperationContext } from "./operation-context";

/** Most characters of a name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const maxLengths = { PolicyName: 128, RoleName: 64 } as const;

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
const policyInput = z.object({ PolicyArn: z.string().min(20).max(2048) });

/** What the paths of roles, and of policies, are said to begin with. */
const pathPrefixes = {
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
  roles: /^\/[!-\u007f]*$/,
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
  entities: /^\/([!-~]+\/)?$/,
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
  policies: /^(\/[\w.,+@=-]+)*\/$/,
};

/** @throws AwsError `ValidationError`. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "ValidationError");
}

/**
 * The name of a role, or of its inline policy.
 *
 * @throws AwsError `ValidationError`.
 */
export function nameIn(input: unknown, member: keyof typeof maxLengths): string {
  const name = z.string().min(1).max(maxLengths[member]);
  const text = read(z.object({ [member]: name }), input)[member] ?? "";
  if (!/^[\w+=,.@-]+$/.test(text)) {
    throw invalidValue(
      member,
      "It must contain only alphanumeric characters and/or the following: +=,.@_-",
    );
  }
  return text;
}

/**
 * What the paths that are asked for begin with: all do by default.
 *
 * @param kind of what is listed: IAM takes other texts for each.
 * @throws AwsError `ValidationError`.
 */
export function pathPrefixIn(input: unknown, kind: keyof typeof pathPrefixes): string {
  const { PathPrefix } = read(
    z.object({ PathPrefix: z.string().min(1).max(512).default("/") }),
    input,
  );
  if (!pathPrefixes[kind].test(PathPrefix)) {
    throw invalidValue(
      "PathPrefix",
      "It must begin with the / character and contain only alphanumeric characters and/or / characters.",
    );
  }
  return PathPrefix;
}

/** @throws AwsError `ValidationError`, `AccessDenied`, `NoSuchEntity`. */
export function roleOf(input: unknown, context: OperationContext, action: string): RoleRecord {
  const { account, caller, roles } = context;
  const name = nameIn(input, "RoleName");
  const found = roles.all().find((role) => role.name === name);
  caller.require(action, found?.arn ?? globalArn(account, "iam", `role/${name}`));
  return roles.role(name);
}

/** @throws AwsError `ValidationError`, `AccessDenied`, `NoSuchEntity`; `NotImplemented` for others of AWS's own policies. */
export function policyOf(
  input: unknown,
  { caller, roles }: OperationContext,
  action: string,
): PolicyRecord {
  const { PolicyArn } = read(policyInput, input);
  if (!/^arn:[^:]+:iam::[^:]*:policy\/.+$/.test(PolicyArn)) {
    throw new AwsError("ValidationError", "Invalid ARN:  Could not be parsed!");
  }
  caller.require(action, PolicyArn);
  const policy = roles.policies.get(PolicyArn);
  if (policy) {
    return policy;
  }
  throw isManagedByAws(PolicyArn)
    ? notEmulated(`the policy ${PolicyArn} of IAM`)
    : noSuchEntity(`Policy ${PolicyArn} was not found.`);
}

function invalidValue(member: string, rule: string): AwsError {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return new AwsError("ValidationError", `The specified value for ${name} is invalid. ${rule}`);
}
