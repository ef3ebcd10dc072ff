import { namesCallers } from "../lib/caller-keys";
import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import type { Truth } from "../lib/truth";
import { permissionType } from "../lib/types";
import { maySet, textOf, unknownValue } from "../lib/values";

/** Properties that limit who may invoke, by the condition key that AWS makes of each. */
const limits: Readonly<Record<string, string | undefined>> = {
  sourceArn: "aws:sourcearn",
  sourceAccount: "aws:sourceaccount",
  principalOrgId: "aws:principalorgid",
  // Of Alexa, a text that only the skill knows.
  eventSourceToken: undefined,
};

/** An AWS service acts for every customer: without a source, for those of other accounts as well. */
export const lambdaPermissionRequireSource = resourceRule({
  name: "lambda-permission-require-source",
  description: "Lambda permissions of AWS services and of everybody name a source.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("Lambda.1")],
  remediationSteps:
    "Set sourceArn to the ARN of what invokes the function, or sourceAccount to the account's id.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
  types: [permissionType],
  check(permission, report) {
    const principal = permission.declared("principal");
    const shared = isShared(principal);
    const isLimited = () =>
      permission.some(Object.entries(limits), ([limit, key]) => isLimit(permission, limit, key));
    if (shared !== false && !isLimited() && permission.holds(shared, "principal")) {
      const caller =
        principal === "*" ? "anybody" : `${textOf(principal)}, on behalf of any account,`;
      report(`lets ${caller} invoke the function`);
    }
  },
});

/** Account ids and ARNs are callers of their own. */
function isShared(principal: unknown): Truth {
  return principal === unknownValue
    ? unknownValue
    : typeof principal === "string" &&
        (principal === "*" || /\.(amazonaws|amazon)\.com(\.cn)?$/.test(principal));
}

function isLimit(permission: CheckedResource, limit: string, key: string | undefined): boolean {
  const value = permission.declared(limit);
  return (
    maySet(value) && (key === undefined || permission.mayHold(namesCallers(key, [value]), limit))
  );
}
