import type { CheckedResource } from "./resource";
import { isKnown } from "./values";

/** A parameter of a database engine that makes it refuse connections without TLS. */
export interface TlsParameter {
  /** The families of parameter groups that have it. */
  families: RegExp;
  name: string;
  /** The values that turn it on, in lower case. */
  on: readonly string[];
  /** Whether it is on where a group does not set it, by the version that a family ends with. */
  onByDefault: (version: number) => boolean;
}

/**
 * What is wrong with a parameter group that lets clients connect without TLS; `undefined` for one
 * that does not, and for families without such a parameter.
 */
export function tlsProblem(
  group: CheckedResource,
  listed: string,
  parameters: readonly TlsParameter[],
): string | undefined {
  const family = group.known("family");
  const parameter = parameters.find(({ families }) => families.test(String(family)));
  if (!isKnown(family) || parameter === undefined) {
    return undefined;
  }
  const { name, on, onByDefault } = parameter;
  const values = group.blocks(listed);
  if (!isKnown(group.known(listed)) || !values.every((one) => isKnown(one.known("name")))) {
    return undefined;
  }
  const set = values.find((one) => one.known("name") === name);
  if (set === undefined) {
    return onByDefault(versionOf(String(family)))
      ? undefined
      : `does not set ${name}, so that connections without TLS are accepted`;
  }
  const value = set.known("value");
  return !isKnown(value) || on.includes(String(value).toLowerCase())
    ? undefined
    : `sets ${name} to ${String(value)}, so that connections without TLS are accepted`;
}

/** Such as 16 of `postgres16` and 11.4 of `mariadb11.4`. */
function versionOf(family: string): number {
  return Number(/(\d+(\.\d+)?)[^\d]*$/.exec(family)?.[1] ?? Number.NaN);
}
