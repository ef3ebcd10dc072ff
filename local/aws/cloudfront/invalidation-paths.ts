import { AwsError } from "../aws-error";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html */
const maxPathLength = 4000;

/** Whether a path stands for all objects that begin with it. */
export function isWildcard(path: string): boolean {
  return path.endsWith("*");
}

/**
 * Checks paths to be invalidated: percent-encoded, and with `*` as the last character only.
 *
 * @throws AwsError `InvalidArgument`.
 */
export function checkInvalidationPaths(paths: readonly string[]): void {
  const wrong = paths.find(
    (path) =>
      path === "" ||
      path.length > maxPathLength ||
      !/^[!-~]+$/.test(path) ||
      path.slice(0, -1).includes("*"),
  );
  if (wrong !== undefined || paths.length === 0) {
    throw new AwsError(
      "InvalidArgument",
      "Your request contains one or more invalid invalidation paths.",
    );
  }
}

/**
 * Tells whether one of these paths means an object: the leading slash may be left out; the parameters
 * in the cache key are part of what is compared.
 *
 * @returns a function of path and query as they are cached, such as `/a.jpg?size=large`.
 */
export function invalidationMatcher(paths: readonly string[]): (url: string) => boolean {
  const whole = paths.map((path) => (path.startsWith("/") ? path : `/${path}`));
  const exact = new Set(whole.filter((path) => !isWildcard(path)));
  const prefixes = whole.filter(isWildcard).map((path) => path.slice(0, -1));
  return (url) => exact.has(url) || prefixes.some((prefix) => url.startsWith(prefix));
}
