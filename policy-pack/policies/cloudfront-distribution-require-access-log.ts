import { fsbp } from "../lib/reference";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { distributionType } from "../lib/types";

const sourceType = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const deliveryType = "aws:cloudwatch/logDelivery:LogDelivery";

/** Logs cost storage, and tell who looks at what: whether there are any is a team's choice. */
export const cloudfrontDistributionRequireAccessLog = stackRule({
  name: "cloudfront-distribution-require-access-log",
  description:
    "CloudFront distributions all have an access log, or none of a stack; where a team asks for it, all.",
  severity: "medium",
  topic: "cloudfront",
  references: [fsbp("CloudFront.5")],
  remediationSteps:
    "Add an aws.cloudwatch.LogDeliverySource for the distribution and an aws.cloudwatch.LogDelivery of it, or set loggingConfig.",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html",
  settings: {
    required: {
      type: "boolean",
      default: false,
      description:
        "Whether distributions need an access log where no other of the stack has one, too.",
    },
  },
  types: [distributionType],
  check(distribution, report, { required }, stack) {
    const isAskedFor =
      required || stack.ofType(distributionType).some((other) => isLogged(other, stack));
    if (isAskedFor && !isLogged(distribution, stack)) {
      report("has no access log");
    }
  },
});

/** By a block of its own, or by a source of logs that are delivered. */
function isLogged(distribution: CheckedResource, stack: CheckedStack): boolean {
  return (
    distribution.blocks("loggingConfig").length > 0 ||
    stack
      .referring(distribution, "resourceArn", [sourceType])
      .some((source) => stack.referring(source, "deliverySourceName", [deliveryType]).length > 0)
  );
}
