import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";
import { alarmDefinitions } from "./alarm-definitions";
import {
  alarmArgs,
  type AlarmDefinition,
  compositeArgs,
  compositeSuffix,
  type WatchedScans,
} from "./alarms";
import { AlertTopic } from "./alert-topic";

/** Arguments of `Alerts`. Keys are used in names of alarms. */
export interface AlertsArgs {
  /** Address that alarms are mailed to. */
  email: string;
  /** The API, whose metrics tell of its functions, too. */
  api: { name: pulumi.Input<string>; stage: pulumi.Input<string> };
  /** Functions that are called by a URL of their own. */
  urlFunctions: Record<string, aws.lambda.Function>;
  /** Functions that are run for events; what they fail on at last is to be in one of the queues. */
  eventFunctions: Record<string, aws.lambda.Function>;
  /**
   * Functions that are run for events and whose new code is released in steps: that it fails is to be known before
   * the last one. `@default` none
   */
  releasedFunctions?: Record<string, aws.lambda.Function>;
  tables: Record<string, { table: aws.dynamodb.Table; isProvisioned?: boolean }>;
  /** Queues that are empty while nothing is wrong. */
  queues: Record<string, aws.sqs.Queue>;
  /** Where uploads are scanned for malware. `@default` they are not */
  scans?: WatchedScans | undefined;
  /**
   * Where the repository is that holds the runbooks, without a slash at the end, for links to them.
   * `@default` alarms name the runbooks' paths alone
   */
  repositoryUrl?: string;
}

/**
 * An e-mail when something breaks: alarms on API, functions, tables, queues and scans, and the topic that
 * they reach. A composite alarm mails for all but the queues', which mail for themselves.
 *
 * Mails are sent once, when an alarm begins.
 */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** What is watched, and how. */
  readonly definitions: readonly AlarmDefinition[];
  /** Those that new code can set off, and that are over once the code is gone. */
  readonly releaseAlarms: readonly aws.cloudwatch.MetricAlarm[];
  /** Of all alarms, the composite one first. */
  readonly alarmArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: AlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:alerts:Alerts", name, recordedArgs(args), opts);
    const { topic } = new AlertTopic(`${name}-alerts`, { email: args.email }, { parent: this });
    this.topicArn = topic.arn;
    // No okActions: every new alarm goes to OK once, and would send a mail that tells nothing.
    const alarmActions = [topic.arn];
    this.definitions = alarmDefinitions(name, args);
    const alarms = this.definitions.map((definition) => {
      const alarm = new aws.cloudwatch.MetricAlarm(
        `${name}-${definition.suffix}`,
        { ...alarmArgs(definition, args.repositoryUrl), ...(definition.lasts && { alarmActions }) },
        { parent: this },
      );
      return { definition, alarm };
    });
    const together = alarms.filter(({ definition }) => !definition.lasts);
    this.releaseAlarms = together
      .filter(({ definition }) => !definition.isBeyondCode)
      .map(({ alarm }) => alarm);
    const composite = new aws.cloudwatch.CompositeAlarm(
      `${name}-${compositeSuffix}`,
      {
        // Pulumi makes up no name for these.
        alarmName: `${name}-${pulumi.getStack()}`,
        ...compositeArgs(
          together.map(({ definition }) => definition),
          together.map(({ alarm }) => alarm.name),
          args.repositoryUrl,
        ),
        alarmActions,
      },
      { parent: this },
    );
    this.alarmArns = [composite.arn, ...alarms.map(({ alarm }) => alarm.arn)];
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
