import { grantsOf, identityPolicyTypes } from "../lib/identity-policies";
import { matchesAny } from "../lib/pattern";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";

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
      .flatMap(({ actions }) => actions)
      .filter((action) => /[*?]/.test(action) && !isAllowed(action, allowed));
    if (wild.length > 0) {
      report(`allows ${[...new Set(wild)].join(", ")}`);
    }
    if (grants.some(({ excepts }) => excepts.actions)) {
      report("allows all actions but those listed, by NotAction");
    }
  },
});

/** The service of an action is always to be named. */
function isAllowed(action: string, allowed: readonly string[]): boolean {
  const [service = ""] = action.split(":");
  return !/[*?]/.test(service) && matchesAny(action, allowed);
}
