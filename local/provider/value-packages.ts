/**
 * Packages beside `aws` whose resources are served. They are nothing but values: they live in the
 * state alone, and their ids need not differ.
 */
const valuePackages = ["random", "tls"] as const;

/** All packages whose types and functions are served. */
export const servedPackages: readonly string[] = ["aws", ...valuePackages];

/** Whether resources of a type are nothing but values. */
export function isValueType(type: string): boolean {
  return valuePackages.some((pkg) => type.startsWith(`${pkg}:`));
}
