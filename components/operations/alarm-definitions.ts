import type * as pulumi from "@pulumi/pulumi";
import {
  type AlarmDefinition,
  eventErrorAlarms,
  functionThrottleAlarms,
  functionUrlAlarms,
  type Named,
  queueAlarms,
  scanAlarms,
  stageAlarms,
  tableThrottleAlarms,
  type WatchedScans,
  type WatchedTable,
} from "./alarms";

/** What alarms are on, by names. Keys are used in names of alarms. */
export interface Watched {
  api: { name: pulumi.Input<string>; stage: pulumi.Input<string> };
  /** Functions that are called by a URL of their own. */
  urlFunctions: Record<string, Named>;
  /** Functions that are run for events. */
  eventFunctions: Record<string, Named>;
  /**
   * Functions that are run for events and whose new code is released in steps: that it fails is to be known before
   * the last one. `@default` none
   */
  releasedFunctions?: Record<string, Named>;
  tables: Record<string, WatchedTable>;
  /** Queues that are empty while nothing is wrong. */
  queues: Record<string, Named>;
  /** Where uploads are scanned for malware. `@default` they are not */
  scans?: WatchedScans | undefined;
}

/** The alarms of a stack, but for the composite one. */
export function alarmDefinitions(
  prefix: string,
  { api, urlFunctions, eventFunctions, releasedFunctions, tables, queues, scans }: Watched,
): AlarmDefinition[] {
  return [
    ...stageAlarms(prefix, api.name, api.stage),
    ...Object.entries(urlFunctions).flatMap(([operation, { name }]) =>
      functionUrlAlarms(prefix, operation, name),
    ),
    ...(releasedFunctions ? eventErrorAlarms(prefix, releasedFunctions) : []),
    ...functionThrottleAlarms({ ...urlFunctions, ...eventFunctions }),
    ...tableThrottleAlarms(tables),
    ...Object.entries(queues).flatMap(([title, { name }]) => queueAlarms(title, name)),
    ...(scans ? scanAlarms(scans) : []),
  ];
}
