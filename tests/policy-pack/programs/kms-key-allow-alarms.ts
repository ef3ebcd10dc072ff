import { type ProgramResource, ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const queue = resource("aws:sqs/queue:Queue", "dead-letters");

function program(policy: unknown): ProgramResource[] {
  const key = resource("aws:kms/key:Key", "key", { description: ref(queue, "arn"), policy });
  const topic = resource("aws:sns/topic:Topic", "alerts", { kmsMasterKeyId: ref(key, "arn") });
  const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    alarmActions: [ref(topic, "arn")],
  });
  return [queue, key, topic, alarm];
}

function letting(Service: string) {
  const statement = {
    Effect: "Allow",
    Principal: { Service },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const violations = [
  'aws.kms.Key "key" encrypts aws.sns.Topic "alerts" for alarms, but does not let CloudWatch use it',
];
const undecided = { unjudged: ['aws.kms.Key "key" (policy)'] };

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: program(letting("cloudwatch.amazonaws.com")),
    decisive: ["key", "policy"],
    undecided,
  },
  {
    title: "lets another service use the key",
    resources: program(letting("events.amazonaws.com")),
    violations,
    decisive: ["key", "policy"],
    undecided,
  },
  { title: "says nothing", resources: program(undefined), violations },
];
