import {
  custom,
  exactlyOneOf,
  flag,
  integer,
  length,
  map,
  oneOf,
  required,
  requires,
} from "./rule";
import { regional, text } from "./rule";
import type { Given, RulesByType } from "./rule";

/** What the provider accepts of Systems Manager. */
export const ssmRules: RulesByType = {
  "aws:ssm/parameter:Parameter": regional(
    {
      allowedPattern: text(length(0, 1024)),
      arn: text(),
      dataType: text(oneOf("aws:ec2:image", "aws:ssm:integration", "text")),
      description: text(length(0, 1024)),
      insecureValue: text(),
      keyId: text(),
      name: text(length(1, 2048)),
      overwrite: flag(),
      tags: map(),
      tier: text(oneOf("Standard", "Advanced", "Intelligent-Tiering")),
      type: required(text(oneOf("String", "StringList", "SecureString"))),
      value: text(),
      valueWo: text(),
      valueWoVersion: integer(),
    },
    exactlyOneOf("value", "insecureValue", "valueWo"),
    requires("valueWo", "valueWoVersion"),
    requires("valueWoVersion", "valueWo"),
    custom(insecureSecret),
  ),
};

/** The real provider finds this out when it reads the parameter that it has created so. */
function insecureSecret({ type, insecureValue }: Given): string[] {
  return type === "SecureString" && insecureValue !== undefined
    ? ['invalid configuration, cannot set type = SecureString and "insecureValue"']
    : [];
}
