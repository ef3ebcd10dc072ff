import { oidcIssuers } from "../data/oidc-issuers";
import { matchesAny } from "./pattern";
import type { Condition, Statement } from "./policy-document";
import { isKnown } from "./values";

/** Operators that hold only for a claim that is there and is one of those listed. */
const selective = /^(ForAnyValue:)?String(Equals(IgnoreCase)?|Like)$/i;

/** Of a subject such as `project_path:*`, the kind is fixed and the owner is not. */
const kindAlone = /^[\w-]*:?$/;

/** The identity providers, as they are called, that a statement trusts for all of their users. */
export function openProviders(statement: Statement): string[] {
  return providersOf(statement).filter(
    (provider) => !statement.conditions.some((condition) => namesOwner(condition, provider)),
  );
}

/**
 * The provider's ARN is often that of a resource, and not known yet: then the conditions, whose keys
 * begin with the issuer, tell which one it is.
 */
function providersOf({ principals, actions, conditions }: Statement): string[] {
  const known = principals.filter(({ type }) => type === "Federated").map(({ id }) => id);
  const isFederated = matchesAny("sts:AssumeRoleWithWebIdentity", actions);
  if (known.length > 0 || principals.length > 0 || !isFederated) {
    return known;
  }
  const issuers = conditions
    .map(({ key }) => issuerOfKey(key))
    .filter((issuer) => issuer !== "aws");
  return issuers.length === 0 ? ["its identity provider"] : [...new Set(issuers)];
}

/** Whether the condition leaves tokens of one owner: an organization, a namespace, a client. */
function namesOwner({ operator, key, values }: Condition, provider: string): boolean {
  const claim = key.slice(key.lastIndexOf(":") + 1);
  const issuer = provider.replace(/^.*:oidc-provider\//, "");
  const owners = oidcIssuers.find((one) => one.issuer.test(issuer))?.owners;
  return (
    selective.test(operator) &&
    values.length > 0 &&
    values
      .filter(isKnown)
      .map((value) => String(value).split(/[*?]/))
      .every(([fixed = "", ...wild]) =>
        owners ? owners[claim]?.test(fixed) === true : namesSomebody(claim, fixed, wild.length > 0),
      )
  );
}

/** Of issuers that are an organization's own, and of SAML, the subject or the audience is enough. */
function namesSomebody(claim: string, fixed: string, hasWildcard: boolean): boolean {
  return (
    /^(sub|aud|iss|namequalifier|eduperson\w*)$/.test(claim) &&
    !(hasWildcard && kindAlone.test(fixed))
  );
}

function issuerOfKey(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf(":")));
}
