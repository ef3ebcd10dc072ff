import { type Grant, grantsOf, identityPolicyTypes } from "../lib/identity-policies";
import { matchesAny } from "../lib/pattern";
import type { Text } from "../lib/policy-document";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { allOf, type Truth } from "../lib/truth";
import { textOf, unknownValue } from "../lib/values";

/** `NotAction` allows whatever AWS will ever add. */
export const iamPolicyForbidWildcardAction = resourceRule({
  name: "iam-policy-forbid-wildcard-action",
  description: "IAM policies allow actions by name.",
  severity: "high",
  topic: "iam",
  references: [fsbp("IAM.1"), fsbp("IAM.21")],
  remediationSteps: "List the actions that are needed.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [
        "*:Get*",
        "*:List*",
        "*:Describe*",
        "*:BatchGet*",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
      ],
      description:
        "Actions that may end in a wildcard, by default those that read and the families of KMS.",
    },
  },
  types: identityPolicyTypes,
  check(resource, report, { allowed }) {
    const grants = grantsOf(resource);
    const wild = grants
      .flatMap(({ holder, statement: { allows, actions } }) =>
        actions.filter((action) =>
          holder.holds(allOf([allows, isWild(action, allowed)]), "policy"),
        ),
      )
      .map(textOf);
    if (wild.length > 0) {
      report(`allows ${[...new Set(wild)].join(", ")}`);
    }
    if (grants.some(exceptsActions)) {
      report("allows all actions but those listed, by NotAction");
    }
  },
});

function exceptsActions({ holder, statement: { allows, excepts } }: Grant): boolean {
  return holder.holds(allOf([allows, excepts.actions]), "policy");
}

function isWild(action: Text, allowed: readonly string[]): Truth {
  return action === unknownValue
    ? unknownValue
    : /[*?]/.test(action) && !isAllowed(action, allowed);
}

/** The service of an action is always to be named. */
function isAllowed(action: string, allowed: readonly string[]): boolean {
  const [service = ""] = action.split(":");
  return !/[*?]/.test(service) && matchesAny(action, allowed);
}
