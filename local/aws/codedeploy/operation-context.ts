import { z } from "zod";
import type { Caller } from "../api/caller";
import { pageOf, type Page } from "../api/page-of";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import type { CodeDeploy } from "./codedeploy";
import type { GroupDefinition } from "./definition";
import { applicationArn, groupArn } from "./service-session";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  codeDeploy: Pick<
    CodeDeploy,
    | ("deleteApplication" | "deleteGroup" | "groups" | "putGroup")
    | ("deploy" | "deployments" | "stopDeployment")
  >;
}

/** Of what is listed. */
export const paging = { nextToken: z.string().nullish() };

/** As many as CodeDeploy has on a page is documented nowhere. */
const pageSize = 100;

/** @throws AwsError `InvalidNextTokenException`. */
export function page<Item>(all: readonly Item[], token: string | null | undefined): Page<Item> {
  return pageOf(
    all,
    token ?? undefined,
    pageSize,
    () => new AwsError("InvalidNextTokenException", "The next token is not valid."),
  );
}

/**
 * @param most that may be asked for at once.
 * @throws AwsError `BatchLimitExceededException`.
 */
export function requireBatch(names: readonly string[], most: number): void {
  if (names.length > most) {
    throw new AwsError(
      "BatchLimitExceededException",
      `${names.length} are asked for at once, of ${most} at most`,
    );
  }
}

/** What has to be given, and how CodeDeploy says that it is not. */
const requiredNames = {
  applicationName: "ApplicationNameRequiredException",
  deploymentConfigName: "DeploymentConfigNameRequiredException",
  deploymentGroupName: "DeploymentGroupNameRequiredException",
  deploymentId: "DeploymentIdRequiredException",
  targetId: "DeploymentTargetIdRequiredException",
  resourceArn: "ResourceArnRequiredException",
  serviceRoleArn: "RoleRequiredException",
} as const;

/** @throws AwsError that is of what is missing, such as `ApplicationNameRequiredException`. */
export function required(
  name: keyof typeof requiredNames,
  given: string | null | undefined,
): string {
  if (given === undefined || given === null || given === "") {
    throw new AwsError(requiredNames[name], `${name} is required, and was not specified.`);
  }
  return given;
}

/** Passes when the caller may do this with an application, whether it is there or not. */
export function requireOnApplication(
  { account, caller }: OperationContext,
  action: string,
  application: string,
): void {
  caller.require(`codedeploy:${action}`, applicationArn(account, application));
}

/** A group that the caller may do this with. @throws AwsError as it may not, and as `DeploymentGroups.group`. */
export function authorizedGroup(
  { account, caller, codeDeploy }: OperationContext,
  action: string,
  application: string | null | undefined,
  group: string | null | undefined,
): GroupDefinition {
  const applicationName = required("applicationName", application);
  const groupName = required("deploymentGroupName", group);
  caller.require(`codedeploy:${action}`, groupArn(account, applicationName, groupName));
  return codeDeploy.groups.group(applicationName, groupName);
}
