/** A time as the texts of alarms have it, such as `2026-01-15T10:00:20.000+0000`. */
export function timestamp(at: Date): string {
  return at.toISOString().replace("Z", "+0000");
}

/** Such as `Thursday 15 January, 2026 10:00:20 UTC`. */
export function longTime(at: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    at.toLocaleString("en-US", { timeZone: "UTC", ...options });
  const date = `${at.toISOString().slice(8, 10)} ${part({ month: "long" })}, ${at.getUTCFullYear()}`;
  return `${part({ weekday: "long" })} ${date} ${at.toISOString().slice(11, 19)} UTC`;
}
