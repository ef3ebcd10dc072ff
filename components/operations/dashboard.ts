import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { locationOf } from "../location";
import { mapped } from "../mapped";
import { recordedArgs } from "../recorded-args";
import type { Alerts } from "./alerts";
import { dashboardBody } from "./dashboard-body";
import type { DashboardSubjects } from "./dashboard-subjects";

/** Arguments of `Dashboard`. Keys are used as titles. */
export interface DashboardArgs extends Pick<
  DashboardSubjects,
  "api" | "metrics" | "repositoryUrl"
> {
  /** Whose alarms, and what they watch, come first. */
  alerts: Alerts;
  /** By operation, `render-image` among them. */
  functions: Record<string, aws.lambda.Function>;
  accessLog: aws.cloudwatch.LogGroup;
  distributions: { images: aws.cloudfront.Distribution } & Record<
    string,
    aws.cloudfront.Distribution
  >;
  buckets: Record<string, aws.s3.Bucket>;
  tables: Record<string, aws.dynamodb.Table>;
}

/** No other characters may be in the name of a dashboard. */
const notInNames = /[^\w-]/g;

/**
 * A CloudWatch dashboard of the stack, named `<name>-<stack>`: alarms with what they watch, requests, images at the
 * edge, what is stored, what is counted for the business, and what the bill comes from. It makes no metrics of its own.
 */
export class Dashboard extends pulumi.ComponentResource {
  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:operations:Dashboard", name, recordedArgs(args), opts);
    const title = `${name}-${pulumi.getStack()}`;
    const subjects = pulumi.output(subjectsOf(title, args, this));
    new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: title.replace(notInNames, "-"),
        dashboardBody: subjects.apply((known) => JSON.stringify(dashboardBody(known))),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

/** Names alone: of a resource, all outputs would be waited for. */
function subjectsOf(
  title: string,
  { alerts, functions, accessLog, distributions, buckets, tables, ...given }: DashboardArgs,
  parent: pulumi.Resource,
): DashboardSubjects {
  const logGroups = mapped(functions, ({ loggingConfig }) => loggingConfig.logGroup);
  return {
    ...given,
    title,
    region: locationOf(parent).region,
    alarms: alerts.definitions,
    alarmArns: alerts.alarmArns,
    functions: mapped(functions, (one) => one.name),
    logGroups: { ...logGroups, "access log": accessLog.name },
    distributions: {
      ...mapped(distributions, ({ id }) => id),
      images: distributions.images.id,
    },
    buckets: mapped(buckets, ({ bucket }) => bucket),
    tables: mapped(tables, (table) => table.name),
  };
}
