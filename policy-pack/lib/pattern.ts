/** Whether an action of IAM matches a pattern, in which `*` stands for anything, in any case. */
export function matchesPattern(action: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*").replaceAll("?", ".")}$`, "i").test(action);
}

/** Whether the action matches any of `patterns`. */
export function matchesAny(action: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(action, pattern));
}
