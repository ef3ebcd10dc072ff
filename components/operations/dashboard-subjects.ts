import type * as pulumi from "@pulumi/pulumi";
import type { AlarmDefinition } from "./alarms";
import type { MetricsLocation } from "./business-metrics";

/** What a dashboard shows, by names; keys are titles. */
export interface DashboardSubjects {
  /** Such as `darkroom-production`. */
  title: string;
  region: pulumi.Input<string>;
  /** What alarms watch is drawn by the alarms' own metrics. */
  alarms: readonly AlarmDefinition[];
  alarmArns: readonly pulumi.Input<string>[];
  api: { name: pulumi.Input<string>; stage: pulumi.Input<string> };
  /** Names of functions by operation, that of `render-image` among them. */
  functions: Record<string, pulumi.Input<string>>;
  /** Names of log groups. */
  logGroups: Record<string, pulumi.Input<string>>;
  /** Id of the distribution of images, whose renditions `render-image` makes, and of others. */
  distributions: { images: pulumi.Input<string> } & Record<string, pulumi.Input<string>>;
  buckets: Record<string, pulumi.Input<string>>;
  tables: Record<string, pulumi.Input<string>>;
  /** Where business metrics are, if there are any. */
  metrics?: MetricsLocation;
  /** Where runbooks are found, without a slash at the end. */
  repositoryUrl?: string;
}

/** The same, as it is once everything is known. */
export type KnownSubjects = pulumi.Unwrap<DashboardSubjects>;
