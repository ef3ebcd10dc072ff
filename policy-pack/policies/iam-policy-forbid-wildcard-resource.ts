import { actionsGrantedOnAllResources } from "../data/actions-granted-on-all-resources";
import { knowsNoResources } from "../lib/action-resources";
import { grantsOf, identityPolicyTypes } from "../lib/identity-policies";
import { matchesAny } from "../lib/pattern";
import type { Condition, Statement } from "../lib/policy-document";
import { resourceRule } from "../lib/rule";

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
      .filter((statement) => isUnlimited(statement))
      .flatMap(({ actions }) => actions)
      .filter((action) => !knowsNoResources(action) && !matchesAny(action, allowed));
    if (open.length > 0) {
      report(`allows ${[...new Set(open)].join(", ")} on all resources`);
    }
  },
});

function isUnlimited({ resources, excepts, conditions }: Statement): boolean {
  const all = excepts.resources || resources.some((resource) => anyResource.test(resource));
  return all && !conditions.some(limitsResources);
}

function limitsResources({ operator, key }: Condition): boolean {
  return resourceKey.test(key) && !/not|null|ifexists|forallvalues/i.test(operator);
}
