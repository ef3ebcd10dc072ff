/**
 * Longest that a function runs, and with it the writes that it has begun, in milliseconds.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const longestRunMs = 15 * 60 * 1000;

/** When no write can be under way any more that a function has begun by `moment`: ISO 8601, UTC. */
export function quietFrom(moment: Date): string {
  return new Date(moment.getTime() + longestRunMs).toISOString();
}
