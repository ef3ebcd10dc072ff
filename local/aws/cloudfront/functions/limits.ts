/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
export const limits = {
  codeBytes: 10 * 1024,
  /** For what the code and one run of it need; the engine's own part is not counted. */
  memoryBytes: 2 * 1024 * 1024,
  /** Of a body that a function makes; AWS names it for the viewer events of Lambda@Edge alone. */
  responseBodyBytes: 40 * 1024,
  /** Of the URI with its query; AWS wants less than this. */
  uriCharacters: 8192,
  /** What one run may log; the rest is cut off. */
  logBytes: 10 * 1024,
  /**
   * AWS names no number: it bounds the time of a run, and shows the share that was used as “compute
   * utilization”. Time would differ from one laptop to another, so steps are counted here: calls,
   * jumps of loops and steps of regular expressions, in ten thousands as the engine reports them.
   * 100,000, some 50,000 rounds of a loop, take about a millisecond.
   */
  computeSteps: 100_000,
} as const;
