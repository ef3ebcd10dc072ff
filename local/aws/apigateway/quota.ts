/** https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
export interface QuotaSettings {
  /** Requests per period. */
  limit: number;
  period: "DAY" | "WEEK" | "MONTH";
  /** Days after the natural start at which a week (Sunday) or a month begins. Default 0. */
  offset?: number;
}

const longestOffset = { DAY: 0, WEEK: 6, MONTH: 27 };

/** Whether the offset is one that API Gateway accepts for the period. */
export function isValidQuota({ limit, period, offset = 0 }: QuotaSettings): boolean {
  return (
    Number.isInteger(limit) &&
    limit >= 1 &&
    Object.hasOwn(longestOffset, period) &&
    offset >= 0 &&
    offset <= longestOffset[period]
  );
}

/** The first day, in UTC, of the period that `now` lies in: `2026-01-31`. */
export function periodStart({ period, offset = 0 }: QuotaSettings, now: Date): string {
  const start = new Date(now);
  if (period === "WEEK") {
    start.setUTCDate(now.getUTCDate() - ((now.getUTCDay() - offset + 7) % 7));
  } else if (period === "MONTH") {
    const monthsBack = now.getUTCDate() > offset ? 0 : 1;
    start.setUTCMonth(now.getUTCMonth() - monthsBack, 1 + offset);
  }
  return dayOf(start);
}

/** The day in UTC: `2026-01-31`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
