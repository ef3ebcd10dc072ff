import { nist } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { logGroupType } from "../lib/types";
import { mayLieBetween, textOf } from "../lib/values";

export const cloudwatchLogGroupRequireRetention = resourceRule({
  name: "cloudwatch-log-group-require-retention",
  description: "Log groups keep their logs for a set time.",
  severity: "medium",
  topic: "logs",
  references: [nist("CloudWatch.16")],
  remediationSteps: "Set retentionInDays.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  settings: {
    minimumDays: {
      type: "integer",
      minimum: 1,
      default: 1,
      description: "Days for which logs are kept at least.",
    },
  },
  types: [logGroupType],
  check(group, report, { minimumDays }) {
    const days = group.known("retentionInDays");
    // CloudWatch sets the retention of this class by itself.
    const isFixed = group.known("logGroupClass") === "DELIVERY";
    if (!isFixed && !mayLieBetween(days, minimumDays, Infinity)) {
      // 0 is how the API says for ever.
      report(days ? `keeps logs for ${textOf(days)} days` : "keeps logs for ever");
    }
  },
});
