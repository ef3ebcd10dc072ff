/** A time as the texts of alarms have it, such as `2026-01-15T10:00:20.000+0000`. */
export function timestamp(at: Date): string {
  return at.toISOString().replace("Z", "+0000");
}
