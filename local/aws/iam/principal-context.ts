import type { Account } from "../types";
import type { Principal, RequestContext } from "./types";

/**
 * The global condition keys that follow from who asks, where and when; services cannot override
 * them.
 *
 * @param role the role of a session's principal.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function principalContext(
  principal: Principal,
  account: Account,
  now: Date,
  role?: { roleId: string; tags: Readonly<Record<string, string>> },
): RequestContext {
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:RequestedRegion": account.region,
    "aws:ResourceAccount": account.accountId,
    "aws:PrincipalIsAWSService": String(principal.kind === "service"),
    ...identityContext(principal, account, role),
  };
}

function identityContext(
  principal: Principal,
  account: Account,
  role?: { roleId: string; tags: Readonly<Record<string, string>> },
): RequestContext {
  switch (principal.kind) {
    case "role": {
      const tags = Object.entries(role?.tags ?? {});
      return {
        // The role's ARN, not the session's.
        "aws:PrincipalArn": principal.roleArn,
        "aws:PrincipalAccount": account.accountId,
        "aws:PrincipalType": "AssumedRole",
        "aws:userid": `${role?.roleId ?? ""}:${principal.arn.split("/").at(-1) ?? ""}`,
        ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
      };
    }
    case "root":
      return {
        "aws:PrincipalArn": principal.arn,
        "aws:PrincipalAccount": account.accountId,
        "aws:PrincipalType": "Account",
        "aws:userid": account.accountId,
      };
    case "service":
      return {
        "aws:PrincipalServiceName": principal.service,
        ...(principal.sourceArn !== undefined && {
          "aws:SourceArn": principal.sourceArn,
          "aws:SourceAccount": account.accountId,
        }),
      };
    case "anonymous":
      return { "aws:PrincipalType": "Anonymous", "aws:userid": "anonymous" };
  }
}
