import { matchesPattern } from "../lib/pattern";
import { type Statement, statementsOf } from "../lib/policy-document";
import { stackRule } from "../lib/rule";
import type { CheckedStack, StackResource } from "../lib/stack";
import { keyType, topicType } from "../lib/types";
import { unknownValue } from "../lib/values";

const alarmTypes = [
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
];
const actionProperties = ["alarmActions", "okActions", "insufficientDataActions"];
const neededActions = ["kms:Decrypt", "kms:GenerateDataKey"];

/** An alarm's message to a topic whose key CloudWatch may not use is lost without a sign. */
export const kmsKeyAllowAlarms = stackRule({
  name: "kms-key-allow-alarms",
  description: "KMS keys of SNS topics that alarms publish to can be used by CloudWatch.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps:
    "Allow the service cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey* in the key's policy.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services",
  check(stack, report) {
    const alarms = stack.ofType(...alarmTypes);
    for (const topic of stack.ofType(topicType)) {
      const alarmed = alarms.some((alarm) =>
        actionProperties.some((property) => alarm.refersTo(topic, property)),
      );
      for (const key of alarmed ? keysOf(stack, topic) : []) {
        if (!policiesOf(stack, key).some(letsCloudWatchEncrypt)) {
          report(key, `encrypts ${topic.label} for alarms, but does not let CloudWatch use it`);
        }
      }
    }
  },
});

/** The topic's key, if it belongs to the stack, whether given by itself or by an alias. */
function keysOf(stack: CheckedStack, topic: StackResource): StackResource[] {
  const aliases = stack.referred(topic, "kmsMasterKeyId", ["aws:kms/alias:Alias"]);
  return [
    ...stack.referred(topic, "kmsMasterKeyId", [keyType]),
    ...aliases.flatMap((alias) => stack.referred(alias, "targetKeyId", [keyType])),
  ];
}

function policiesOf(stack: CheckedStack, key: StackResource): unknown[] {
  const separate = stack.referring(key, "keyId", ["aws:kms/keyPolicy:KeyPolicy"]);
  return [key.input("policy"), ...separate.map((policy) => policy.get("policy"))];
}

function letsCloudWatchEncrypt(document: unknown): boolean {
  const statements = statementsOf(document);
  return (
    statements === unknownValue ||
    neededActions.every((action) => statements.some((statement) => grants(statement, action)))
  );
}

function grants({ allows, principals, actions }: Statement, action: string): boolean {
  return (
    allows &&
    principals.some(({ type, id }) => type === "Service" && id === "cloudwatch.amazonaws.com") &&
    actions.some((pattern) => matchesPattern(action, pattern))
  );
}
