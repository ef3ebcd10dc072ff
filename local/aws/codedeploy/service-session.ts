import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { AssumeRoleRequest } from "../iam/iam";
import { roleSession } from "../iam/role-session";
import type { Authorizer, Credentials, Principal } from "../iam/types";
import type { Account } from "../types";
import type { GroupDefinition } from "./definition";

/** What CodeDeploy acts in the name of a group's role with. */
export interface SessionOptions {
  account: Account;
  authorizer: Authorizer;
  /** Opens a session of a group's role. */
  assumeRole: (request: AssumeRoleRequest) => Credentials;
}

/** Takes on the roles of groups. */
const service = "codedeploy.amazonaws.com";
const sessionName = "CodeDeploy";

/** CodeDeploy in the name of a group's role. */
export interface ServiceSession {
  roleArn: string;
  /** Whether the role allows it. */
  may: (action: string, resource: string) => boolean;
}

/** @throws AwsError `InvalidRoleException` when the role cannot be taken on. */
export function openSession(
  { application, name, roleArn }: Pick<GroupDefinition, "application" | "name" | "roleArn">,
  { account, authorizer, assumeRole }: SessionOptions,
): ServiceSession {
  const sourceArn = groupArn(account, application, name);
  try {
    assumeRole({ roleArn, sessionName, service, sourceArn });
  } catch {
    throw new AwsError(
      "InvalidRoleException",
      `AWS CodeDeploy does not have the permissions required to assume the role ${roleArn}.`,
    );
  }
  const principal: Principal = roleSession({ roleArn, sessionName }, account);
  const context = { "aws:SecureTransport": "true" };
  return {
    roleArn,
    may: (action, resource) =>
      authorizer.authorize({ principal, action, resource, context }).allowed,
  };
}

/** Such as `arn:aws:codedeploy:us-east-1:123456789012:application:shop`. */
export function applicationArn(account: Account, application: string): string {
  return regionalArn(account, "codedeploy", `application:${application}`);
}

/** Such as `arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:shop/pay`. */
export function groupArn(account: Account, application: string, group: string): string {
  return regionalArn(account, "codedeploy", `deploymentgroup:${application}/${group}`);
}
