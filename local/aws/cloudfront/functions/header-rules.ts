/**
 * Headers that functions do not get to see and cannot add.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
const disallowed = new Set(
  `
  connection expect keep-alive proxy-authenticate proxy-authorization proxy-connection trailer upgrade
  x-accel-buffering x-accel-charset x-accel-limit-rate x-accel-redirect x-amzn-auth x-amzn-cf-billing
  x-amzn-cf-id x-amzn-cf-xff x-amzn-errortype x-amzn-fle-profile x-amzn-header-count
  x-amzn-header-order x-amzn-lambda-integration-tag x-amzn-requestid x-cache x-forwarded-proto
  x-real-ip
  `
    .trim()
    .split(/\s+/),
);

const disallowedFamilies = /^x-(amz-cf|edge)-/;

/** Headers that functions can read, but not add, change or remove. */
export const readOnlyHeaders = {
  request: ["cdn-loop", "content-length", "host", "transfer-encoding", "via"],
  response: ["warning", "via"],
} as const;

/** Whether a header, in lower case, is kept from functions. */
export function isDisallowedHeader(name: string): boolean {
  return disallowed.has(name) || disallowedFamilies.test(name);
}
