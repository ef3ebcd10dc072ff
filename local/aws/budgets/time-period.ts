/** A time as the provider writes it, such as `2026-01-31_12:00`, in UTC. */
export function parseTime(text: string): Date {
  return new Date(`${text.replace("_", "T")}:00Z`);
}

/** The reverse of {@link parseTime}. */
export function formatTime(time: Date): string {
  return time.toISOString().slice(0, 16).replace("T", "_");
}

/**
 * When the period began in which a time is: a budget without a start begins then.
 *
 * @param unit `DAILY`, `MONTHLY`, `QUARTERLY` or `ANNUALLY`; of others, the day.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_TimePeriod.html
 */
export function startOfPeriod(unit: string, time: Date): Date {
  const [year, month] = [time.getUTCFullYear(), time.getUTCMonth()];
  switch (unit) {
    case "ANNUALLY":
      return new Date(Date.UTC(year, 0));
    case "QUARTERLY":
      return new Date(Date.UTC(year, month - (month % 3)));
    case "MONTHLY":
      return new Date(Date.UTC(year, month));
    default:
      return new Date(Date.UTC(year, month, time.getUTCDate()));
  }
}
