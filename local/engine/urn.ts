/** The type of the resource that stands for the stack itself. */
export const stackType = "pulumi:pulumi:Stack";

/** Which stack of which project a resource belongs to. */
export interface StackIdentity {
  project: string;
  stack: string;
}

/**
 * The name of a resource that is unique in its stack:
 * `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`.
 *
 * @param parent the parent's URN. The stack does not appear in the chain of types.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function makeUrn(
  { stack, project }: StackIdentity,
  type: string,
  name: string,
  parent: string | undefined,
): string {
  const chain = parent === undefined ? stackType : qualifiedType(parent);
  const qualified = chain === stackType ? type : `${chain}$${type}`;
  return `${urnPrefix({ stack, project })}${qualified}::${name}`;
}

/** What the URNs of all resources of a stack begin with. */
export function urnPrefix({ stack, project }: StackIdentity): string {
  return `urn:pulumi:${stack}::${project}::`;
}

/** Whether the engine takes a value for a URN. */
export function isUrn(value: unknown): boolean {
  return (
    typeof value === "string" && value.startsWith("urn:pulumi:") && value.split("::").length >= 4
  );
}

/** The types of the resource's parents and its own, joined by `$`. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The logical name in a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The resource's own type in a URN. */
export function typeOf(urn: string): string {
  return qualifiedType(urn).split("$").at(-1) ?? "";
}
