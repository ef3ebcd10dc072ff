/**
 * Tells whether a path matches a pattern: `*` stands for any characters, `?` for exactly one; a
 * leading slash may be left out; case matters.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const matches = wildcardMatcher(pattern.startsWith("/") ? pattern : `/${pattern}`);
  return pattern === "*" ? () => true : matches;
}

/** Tells whether a whole text matches: `*` stands for any characters, `?` for exactly one. */
export function wildcardMatcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "s");
  return (text) => expression.test(text);
}
