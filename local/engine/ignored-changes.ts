import { isObject } from "../is-object";
import type { Properties } from "../provider/resource";

/**
 * The inputs that a resource is to have where some of its program's changes do not count: at these paths,
 * what it has already, or nothing if it has nothing there.
 *
 * @param before what it has.
 * @param paths such as `tags`, `tags.Team`, `rules[0].id` or `tags["a b"]`; `*` stands for any one key.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/
 */
export function withoutIgnoredChanges(
  before: Properties,
  after: Properties,
  paths: readonly string[],
): Properties {
  return paths.reduce<Properties>(
    (inputs, path) => kept(before, inputs, keysOf(path)) as Properties,
    after,
  );
}

function keysOf(path: string): string[] {
  const keys = path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g);
  return [...keys].map(([, quoted, index, name]) => quoted ?? index ?? name ?? "");
}

function kept(before: unknown, after: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) {
    return before;
  }
  if (Array.isArray(after)) {
    const old: readonly unknown[] = Array.isArray(before) ? before : [];
    return after.map((item: unknown, index) =>
      isNamed(key, String(index)) && index in old ? kept(old[index], item, rest) : item,
    );
  }
  if (!isObject(after)) {
    return after;
  }
  const old: Properties = isObject(before) ? before : {};
  const names = [...new Set([...Object.keys(after), ...Object.keys(old)])];
  const entries = names.map(
    (name) =>
      [name, isNamed(key, name) ? kept(old[name], after[name], rest) : after[name]] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function isNamed(key: string, name: string): boolean {
  return key === "*" || key === name;
}
