import { actionsGrantedOnAllResources } from "../data/actions-granted-on-all-resources";
import { knowsNoResources } from "../lib/action-resources";
import { grantsOf, identityPolicyTypes } from "../lib/identity-policies";
import { matchesAny } from "../lib/pattern";
import { type Condition, hasOperator, type Statement, type Text } from "../lib/policy-document";
import { resourceRule } from "../lib/rule";
import { allOf, anyOf, not, type Truth } from "../lib/truth";
import { textOf, unknownValue } from "../lib/values";

/** `*`, and ARNs that name a service but no resource of it, such as `arn:aws:s3:::*`. */
const anyResource = /^\*$|^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*+(\/\*+)?$/;

/** Keys of conditions that leave only some resources. */
const resourceKey =
  /^(aws:(resource|request)tag\/|aws:resource(account|org)|[a-z0-9-]+:resourcetag\/|kms:(viaservice|resourcealiases|encryptioncontext)|iam:passedtoservice|cloudwatch:namespace|ec2:(vpc|subnet)|secretsmanager:|ssm:)/;

export const iamPolicyForbidWildcardResource = resourceRule({
  name: "iam-policy-forbid-wildcard-resource",
  description: "IAM policies allow actions on named resources.",
  severity: "high",
  topic: "iam",
  remediationSteps:
    "Name the ARNs, or limit the resources by a condition such as aws:ResourceTag/<key>.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: actionsGrantedOnAllResources,
      description:
        "Actions that may be allowed on all resources, besides those that AWS cannot limit to any.",
    },
  },
  types: identityPolicyTypes,
  check(resource, report, { allowed }) {
    const open = grantsOf(resource)
      .flatMap(({ holder, statement }) =>
        statement.actions.filter((action) =>
          holder.holds(
            allOf([isUnlimited(statement), canNameResources(action, allowed)]),
            "policy",
          ),
        ),
      )
      .map(textOf);
    if (open.length > 0) {
      report(`allows ${[...new Set(open)].join(", ")} on all resources`);
    }
  },
});

/** Whether the statement allows something on all resources. */
function isUnlimited({ allows, resources, excepts, conditions }: Statement): Truth {
  return allOf([
    allows,
    anyOf([excepts.resources, ...resources.map(isAnyResource)]),
    not(anyOf(conditions.map(limitsResources))),
  ]);
}

function isAnyResource(resource: Text): Truth {
  return resource === unknownValue ? unknownValue : anyResource.test(resource);
}

function limitsResources(condition: Condition): Truth {
  const { key } = condition;
  return allOf([
    key === unknownValue ? unknownValue : resourceKey.test(key),
    not(hasOperator(condition, /not|null|ifexists|forallvalues/i)),
  ]);
}

function canNameResources(action: Text, allowed: readonly string[]): Truth {
  return action === unknownValue
    ? unknownValue
    : !knowsNoResources(action) && !matchesAny(action, allowed);
}
