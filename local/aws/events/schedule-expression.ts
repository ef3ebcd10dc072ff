import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { isCron } from "./cron";

const unitMs = {
  minute: 60 * 1000,
  hour: 60 * 60 * 1000,
  day: 24 * 60 * 60 * 1000,
} as const;

/**
 * Reads a schedule such as `rate(5 minutes)`. `cron()` is not emulated.
 *
 * @returns the milliseconds between two events.
 * @throws AwsError `ValidationException` for what EventBridge refuses too.
 * @throws AwsError `NotImplemented` for `cron()`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function readSchedule(expression: string): number {
  if (isCron(expression)) {
    throw notEmulated(`${expression}; use rate()`);
  }
  const [, digits = "", unit = "", plural = ""] =
    /^rate\(([1-9]\d{0,8}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const value = Number(digits);
  // One has a unit in the singular, more have it in the plural.
  if (!isUnit(unit) || (value === 1) !== (plural === "")) {
    throw new AwsError("ValidationException", "Parameter ScheduleExpression is not valid.");
  }
  return value * unitMs[unit];
}

function isUnit(unit: string): unit is keyof typeof unitMs {
  return Object.hasOwn(unitMs, unit);
}
