import { allowsAnyone } from "../lib/any-principal";
import { allowing, type Condition, type Statement } from "../lib/policy-document";
import { resourceRule } from "../lib/rule";

export const iamRoleRestrictTrust = resourceRule({
  name: "iam-role-restrict-trust",
  description: "Trust policies of roles name who may assume the role.",
  severity: "critical",
  topic: "iam",
  remediationSteps:
    "Name the principals; for an identity provider, add a condition on its sub or aud claim.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  types: ["aws:iam/role:Role"],
  check(role, report) {
    const statements = allowing(role.get("assumeRolePolicy"));
    if (statements.some(allowsAnyone)) {
      report("can be assumed by anybody");
    }
    for (const provider of statements.flatMap(openProviders)) {
      report(`can be assumed by whoever ${provider} knows`);
    }
  },
});

/** The identity providers that the statement trusts for all of their users. */
function openProviders({ principals, conditions }: Statement): string[] {
  return principals
    .filter(({ type, id }) => type === "Federated" && !conditions.some((one) => selects(one, id)))
    .map(({ id }) => id);
}

/**
 * Whether the condition chooses among the provider's users. GitHub issues tokens for anybody's
 * workflows with the same audience: there, only the subject tells who it is.
 */
function selects({ operator, key, values }: Condition, provider: string): boolean {
  const claim = provider.includes("token.actions.githubusercontent.com") ? /:sub$/ : /:(sub|aud)$/;
  return (
    claim.test(key) &&
    /^(ForAnyValue:)?String(Equals|Like)/i.test(operator) &&
    !/IfExists$/i.test(operator) &&
    !values.some((value) => typeof value === "string" && /^(repo:)?\*/.test(value))
  );
}
