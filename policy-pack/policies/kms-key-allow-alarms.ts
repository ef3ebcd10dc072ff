import { isAmong, type Statement, statementsOf } from "../lib/policy-document";
import type { Block, CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { allOf, anyOf, is, type Truth } from "../lib/truth";
import { keyType, topicType } from "../lib/types";

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
  types: [keyType],
  check(key, report, _settings, stack) {
    const topics = topicsOf(stack, key).filter((topic) => isAlarmed(stack, topic));
    if (topics.length > 0 && !key.some(policiesOf(stack, key), letsCloudWatchEncrypt)) {
      for (const topic of topics) {
        report(`encrypts ${topic.label} for alarms, but does not let CloudWatch use it`);
      }
    }
  },
});

/** The topics that the key encrypts, whether they have it by itself or by an alias. */
function topicsOf(stack: CheckedStack, key: CheckedResource): CheckedResource[] {
  const aliases = stack.referring(key, "targetKeyId", ["aws:kms/alias:Alias"]);
  return [key, ...aliases].flatMap((one) => stack.referring(one, "kmsMasterKeyId", [topicType]));
}

function isAlarmed(stack: CheckedStack, topic: CheckedResource): boolean {
  return actionProperties.some(
    (property) => stack.referring(topic, property, alarmTypes).length > 0,
  );
}

/** Where the key's policy is given, in the key or by a resource of its own. */
function policiesOf(stack: CheckedStack, key: CheckedResource): CheckedResource[] {
  return [key, ...stack.referring(key, "keyId", ["aws:kms/keyPolicy:KeyPolicy"])];
}

function letsCloudWatchEncrypt(holder: Block): boolean {
  const statements = statementsOf(holder.declared("policy"));
  const grantsAll = allOf(
    neededActions.map((action) => anyOf(statements.map((one) => grants(one, action)))),
  );
  return holder.mayHold(grantsAll, "policy");
}

function grants({ allows, principals, actions }: Statement, action: string): Truth {
  const namesCloudWatch = principals.map(({ type, id }) =>
    allOf([is(type, "Service"), is(id, "cloudwatch.amazonaws.com")]),
  );
  return allOf([allows, anyOf(namesCloudWatch), isAmong(action, actions)]);
}
