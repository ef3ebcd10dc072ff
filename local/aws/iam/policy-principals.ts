import type { Account } from "../types";
import { malformedPolicy } from "./malformed";
import { isMisspeltService } from "./service-principals";
import type { PolicyPrincipal, Principal } from "./types";

/**
 * How a `Principal` element names someone: `self` by an ARN of its own, by its service's name or as
 * anybody, `account` by its account, which leaves the decision to the account's own policies.
 */
export type Naming = "self" | "account" | undefined;

/** The principals that a statement names. */
export interface PrincipalSet {
  naming(principal: Principal, account: Account): Naming;
  /**
   * Whether a `NotPrincipal` element leaves `principal` out: for a role's session, its account, role
   * and session must all be named.
   */
  exempts(principal: Principal, account: Account): boolean;
}

/**
 * @throws AwsError `MalformedPolicyDocument` for principals that AWS would refuse, or of a kind that
 * is not emulated.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipals(element: PolicyPrincipal): PrincipalSet {
  const names = new Set(
    element === "*"
      ? ["*"]
      : Object.entries(element).flatMap(([kind, value]) => namesOf(kind, value)),
  );
  const anybody = names.has("*");
  const namesAccount = (account: Account) =>
    names.has(account.accountId) || names.has(rootArn(account));
  return {
    naming: (principal, account) => {
      if (anybody || ownNames(principal).some((name) => names.has(name))) {
        return "self";
      }
      if (principal.kind === "root" && namesAccount(account)) {
        return "self";
      }
      return principal.kind === "role" && namesAccount(account) ? "account" : undefined;
    },
    exempts: (principal, account) => {
      const own = ownNames(principal);
      const inAccount = principal.kind === "role" || principal.kind === "root";
      return (
        anybody ||
        (principal.kind !== "anonymous" &&
          own.every((name) => names.has(name)) &&
          (!inAccount || namesAccount(account)))
      );
    },
  };
}

/** ARN of the account's root, which also stands for the account as a whole. */
export function rootArn(account: Account): string {
  return `arn:${account.partition}:iam::${account.accountId}:root`;
}

function ownNames(principal: Principal): string[] {
  switch (principal.kind) {
    case "role":
      return [principal.arn, principal.roleArn];
    case "service":
      return [principal.service];
    case "root":
    case "anonymous":
      return [];
  }
}

const awsName = /^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\w*:[^*?]+)$/;
const serviceName = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

/** By kind, what names somebody of it. Who comes with a token of an identity provider is nobody here. */
const validNames: Readonly<Partial<Record<string, (name: string) => boolean>>> = {
  AWS: (name) => awsName.test(name),
  Service: (name) => serviceName.test(name) && !isMisspeltService(name),
  Federated: (name) =>
    /^(arn:[\w-]+:iam::\d{12}:(oidc|saml)-provider\/.+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/.test(name),
};

function namesOf(kind: string, value: string | string[]): string[] {
  const names = Array.isArray(value) ? value : [value];
  const isValid = validNames[kind];
  if (!isValid) {
    throw malformedPolicy(`Principals of the kind "${kind}" are not emulated.`);
  }
  for (const name of names) {
    if (!isValid(name)) {
      throw malformedPolicy(`Invalid principal in policy: "${kind}":"${name}"`);
    }
  }
  return names;
}
