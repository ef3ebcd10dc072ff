import {
  anything,
  arn,
  block,
  conflicts,
  flag,
  integer,
  length,
  list,
  map,
  matches,
  nonEmpty,
  oneOf,
  regional,
  required,
  text,
} from "./rule";
import type { RulesByType } from "./rule";

const wordName = matches(/^[\w-]*$/, "have only letters, digits, _ and -");

const visibilityConfig = block({
  cloudwatchMetricsEnabled: required(flag()),
  metricName: required(
    text(
      length(1, 128),
      matches(/^[\w#:./-]*$/, "have only letters, digits and any of _ # : . / -"),
    ),
  ),
  sampledRequestsEnabled: required(flag()),
});

/** What the provider accepts of WAF; of statements, which go deep, it is left to the web ACL itself. */
export const wafv2Rules: RulesByType = {
  "aws:wafv2/webAcl:WebAcl": regional(
    {
      associationConfig: anything(),
      captchaConfig: anything(),
      challengeConfig: anything(),
      customResponseBodies: list(
        block({
          content: required(text(length(1, 10_240))),
          contentType: required(text(oneOf("TEXT_PLAIN", "TEXT_HTML", "APPLICATION_JSON"))),
          key: required(text(length(1, 128), wordName)),
        }),
      ),
      dataProtectionConfig: anything(),
      defaultAction: required(block({ allow: anything(), block: anything() })),
      description: text(length(1, 256)),
      name: text(length(1, 128), wordName),
      namePrefix: text(length(1, 102), wordName),
      ruleJson: text(),
      rules: list(
        block({
          action: anything(),
          captchaConfig: anything(),
          challengeConfig: anything(),
          name: required(text(length(1, 128))),
          overrideAction: anything(),
          priority: required(integer()),
          ruleLabels: anything(),
          statement: required(anything()),
          visibilityConfig: required(visibilityConfig),
        }),
      ),
      scope: required(text(oneOf("CLOUDFRONT", "REGIONAL"))),
      tags: map(),
      tokenDomains: list(text(length(1, 253))),
      visibilityConfig: required(visibilityConfig),
    },
    conflicts("name", "namePrefix"),
    conflicts("ruleJson", "rules"),
  ),
  "aws:wafv2/webAclAssociation:WebAclAssociation": regional({
    resourceArn: required(text(arn(), nonEmpty())),
    webAclArn: required(text(arn(), nonEmpty())),
  }),
};
