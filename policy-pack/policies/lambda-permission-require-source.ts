import { namesCallers } from "../lib/caller-keys";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { permissionType } from "../lib/types";
import { maySet } from "../lib/values";

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
    const principal = permission.known("principal");
    const limited = Object.entries(limits).some(([limit, key]) => {
      const value = permission.declared(limit);
      return maySet(value) && (key === undefined || namesCallers(key, [value]));
    });
    if (typeof principal === "string" && isShared(principal) && !limited) {
      const caller = principal === "*" ? "anybody" : `${principal}, on behalf of any account,`;
      report(`lets ${caller} invoke the function`);
    }
  },
});

/** Account ids and ARNs are callers of their own. */
function isShared(principal: string): boolean {
  return principal === "*" || /\.(amazonaws|amazon)\.com(\.cn)?$/.test(principal);
}
