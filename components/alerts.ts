import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlertTopic } from "./alert-topic";
import { alarmArgs, functionAlarms, stageAlarms, tableAlarms } from "./alarms";

/** Arguments of `Alerts`. Keys are used in names of alarms. */
export interface AlertsArgs {
  /** Address that alarms are mailed to. */
  email: string;
  functions: Record<string, aws.lambda.Function>;
  api: { name: pulumi.Input<string>; stage: pulumi.Input<string> };
  tables: Record<string, { table: aws.dynamodb.Table; indexes?: readonly string[] }>;
}

/**
 * An e-mail when something breaks, and another when it is well again: alarms on functions, API and
 * tables, and the topic that they reach. A dead-letter queue or failure destination would be idle
 * here: those are for asynchronous invocations, and API Gateway invokes synchronously.
 */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:alerts:Alerts", name, {}, opts);
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

function definitions({ functions, api, tables }: AlertsArgs) {
  return [
    ...Object.entries(functions).flatMap(([operation, { name }]) =>
      functionAlarms(operation, name),
    ),
    ...stageAlarms(api.name, api.stage),
    ...Object.entries(tables).flatMap(([title, { table, indexes }]) =>
      tableAlarms(title, table.name, indexes),
    ),
  ];
}
