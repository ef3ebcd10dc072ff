import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlertTopic } from "./alert-topic";
import { alarmArgs, functionAlarms, queueAlarms, stageAlarms, tableAlarms } from "./alarms";
import { recordedArgs } from "./recorded-args";

/** Arguments of `Alerts`. Keys are used in names of alarms. */
export interface AlertsArgs {
  /** Address that alarms are mailed to. */
  email: string;
  functions: Record<string, aws.lambda.Function>;
  api: { name: pulumi.Input<string>; stage: pulumi.Input<string> };
  tables: Record<string, { table: aws.dynamodb.Table; indexes?: readonly string[] }>;
  /** Queues that are empty while nothing is wrong. */
  queues: Record<string, aws.sqs.Queue>;
}

/**
 * An e-mail when something breaks: alarms on functions, API, tables and queues, and the topic that
 * they reach.
 */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:alerts:Alerts", name, recordedArgs(args), opts);
    const { topic } = new AlertTopic(`${name}-alerts`, { email: args.email }, { parent: this });
    this.topicArn = topic.arn;
    for (const definition of definitions(args)) {
      new aws.cloudwatch.MetricAlarm(
        `${name}-${definition.suffix}`,
        alarmArgs(definition, topic.arn),
        { parent: this },
      );
    }
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

function definitions({ functions, api, tables, queues }: AlertsArgs) {
  return [
    ...Object.entries(functions).flatMap(([operation, { name }]) =>
      functionAlarms(operation, name),
    ),
    ...stageAlarms(api.name, api.stage),
    ...Object.entries(tables).flatMap(([title, { table, indexes }]) =>
      tableAlarms(title, table.name, indexes),
    ),
    ...Object.entries(queues).flatMap(([title, { name }]) => queueAlarms(title, name)),
  ];
}
