/**
 * Whether a path matches a pattern: `*` stands for any characters, `?` for exactly one; a leading
 * slash may be left out; case matters.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.startsWith("/") ? pattern : `/${pattern}`;
  const source = wanted
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(path);
}
