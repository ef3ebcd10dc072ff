import { z } from "zod";
import { checkAlarms, checkRollback } from "./check-definition";
import { type AlarmSettings, rollbackEvents, type RollbackSettings } from "./definition";

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
export const alarmInput = z.object({
  enabled: z.boolean().default(false),
  ignorePollAlarmFailure: z.boolean().default(false),
  alarms: z.array(z.object({ name: z.string() })).default([]),
});

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html */
export const rollbackInput = z.object({
  enabled: z.boolean().default(false),
  events: z.array(z.enum(rollbackEvents)).default([]),
});

/** @throws AwsError as {@link checkAlarms}. */
export function alarmsOf(
  given: z.output<typeof alarmInput> | null | undefined,
): AlarmSettings | undefined {
  if (!given) {
    return undefined;
  }
  const settings = { ...given, alarms: given.alarms.map((alarm) => alarm.name) };
  checkAlarms(settings);
  return settings;
}

/** @throws AwsError as {@link checkRollback}. */
export function rollbackOf(
  given: RollbackSettings | null | undefined,
): RollbackSettings | undefined {
  if (given) {
    checkRollback(given);
  }
  return given ?? undefined;
}
