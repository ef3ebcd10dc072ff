/** A time as S3's documents tell it: `2025-11-21T12:00:00.000Z`. @param time ISO 8601. */
export function wholeSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, ".000Z");
}
