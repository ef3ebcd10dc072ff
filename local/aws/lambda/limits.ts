/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const limits = {
  zipBytes: 50 * 1024 * 1024,
  unzippedBytes: 250 * 1024 * 1024,
  environmentBytes: 4096,
  synchronousPayloadBytes: 6 * 1024 * 1024,
  asynchronousPayloadBytes: 1024 * 1024,
  /** 6 MB and a little for the envelope; the number that the error message names. */
  responseBytes: 6_291_556,
  /** Loading the handler may take this long before the function's own timeout counts. */
  initMilliseconds: 10_000,
  logTailBytes: 4096,
} as const;
