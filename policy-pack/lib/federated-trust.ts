import { oidcIssuers } from "../data/oidc-issuers";
import { type Condition, hasOperator, isAmong, type Statement, type Text } from "./policy-document";
import { allOf, anyOf, not, type Truth } from "./truth";
import { unknownValue } from "./values";

/** Operators that hold only for a claim that is there and is one of those listed. */
const selective = /^(ForAnyValue:)?String(Equals(IgnoreCase)?|Like)$/i;

/** Of a subject such as `project_path:*`, the kind is fixed and the owner is not. */
const kindAlone = /^[\w-]*:?$/;

/** Of issuers that are an organization's own, and of SAML, the subject or the audience is enough. */
const identifying = /^(sub|aud|iss|namequalifier|eduperson\w*)$/;

const federatedActions = ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"];

/** An identity provider that a statement trusts, and whether it does so for all of its users. */
export interface TrustedProvider {
  /** As it is called. */
  name: string;
  isOpen: Truth;
}

/** The identity providers that a statement trusts, or may turn out to. */
export function trustedProviders(statement: Statement): TrustedProvider[] {
  const { allows, principals, conditions } = statement;
  return principals.flatMap(({ type, id }) =>
    (id === unknownValue ? namesByConditions(conditions) : [id]).map((name) => ({
      name,
      isOpen: allOf([
        allows,
        isFederated(type, statement),
        not(anyOf(conditions.map((condition) => namesOwner(condition, name)))),
      ]),
    })),
  );
}

/** Where the principal is not known yet, the action tells whether it is an identity provider. */
function isFederated(type: Text, { actions }: Statement): Truth {
  return type === unknownValue
    ? anyOf(federatedActions.map((action) => isAmong(action, actions)))
    : type === "Federated";
}

/**
 * The provider's ARN is often that of a resource, and not known yet: then the conditions, whose keys
 * begin with the issuer, tell which one it is.
 */
function namesByConditions(conditions: readonly Condition[]): string[] {
  const issuers = conditions
    .flatMap(({ key }) => (key === unknownValue ? [] : [issuerOfKey(key)]))
    .filter((issuer) => issuer !== "aws");
  return issuers.length === 0 ? ["its identity provider"] : [...new Set(issuers)];
}

/** Whether the condition leaves tokens of one owner: an organization, a namespace, a client. */
function namesOwner(condition: Condition, provider: string): Truth {
  const { key, values } = condition;
  if (key === unknownValue) {
    return allOf([unknownValue, hasOperator(condition, selective)]);
  }
  const claim = key.slice(key.lastIndexOf(":") + 1);
  const issuer = provider.replace(/^.*:oidc-provider\//, "");
  const owners = oidcIssuers.find((one) => one.issuer.test(issuer))?.owners;
  return allOf([
    hasOperator(condition, selective),
    values.length > 0,
    owners ? owners[claim] !== undefined : identifying.test(claim),
    ...values.map((value) => {
      if (value === unknownValue) {
        return unknownValue;
      }
      const [fixed = "", ...wild] = String(value).split(/[*?]/);
      return owners ? owners[claim]?.test(fixed) === true : namesSomebody(fixed, wild.length > 0);
    }),
  ]);
}

function namesSomebody(fixed: string, hasWildcard: boolean): boolean {
  return !(hasWildcard && kindAlone.test(fixed));
}

function issuerOfKey(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf(":")));
}
