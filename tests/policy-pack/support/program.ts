import { unknownValue } from "@pulumi/pulumi/runtime/rpc";

/**
 * Programs as data, for the simulated engine of `harness.ts` as for a real one (`register-program.ts`).
 *
 * A program is a list of resources, each after those that it refers to: type, logical name and inputs,
 * the component that is its parent, and the provider with its region and default tags. Inputs are
 * plain values, or outputs made by {@link ref}, {@link text}, {@link json}, {@link known} and
 * {@link later}, also inside lists and objects. {@link component} makes a resource that groups others.
 */
export interface ProgramResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** A component of the program. */
  parent?: ProgramResource;
  /** Where absent, the default provider. */
  provider?: ProviderSettings;
}

/** The configuration of an explicit provider of `aws`, such as `region` and `defaultTags`. */
export type ProviderSettings = Record<string, unknown>;

export type Program = readonly ProgramResource[];

/** How the parts of an output become its value. */
type Compute = (parts: unknown[]) => unknown;

/** A value that comes from resources, as `pulumi.Output` does. */
export class ProgramOutput {
  readonly parts: readonly unknown[];
  readonly compute: Compute;
  /** Whether it is known at the deployment only, whatever its parts are. */
  readonly isLate: boolean;

  constructor(parts: readonly unknown[], compute: Compute, isLate = false) {
    this.parts = parts;
    this.compute = compute;
    this.isLate = isLate;
  }
}

/** A property of another resource; `id` is its id. */
export class ResourceProperty {
  readonly resource: ProgramResource;
  readonly property: string;

  constructor(resource: ProgramResource, property: string) {
    this.resource = resource;
    this.property = property;
  }
}

/** A resource of the program; each has a name of its own. */
export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
  provider?: ProviderSettings,
): ProgramResource {
  return { type, name, inputs, ...(provider && { provider }) };
}

/** A component of the program, as a parent of other resources. */
export function component(name: string): ProgramResource {
  return resource(componentType, name);
}

/** The type that {@link component} makes. */
export const componentType = "programs:index:Group";

/** The property of another resource. */
export function ref(target: ProgramResource, property = "id"): unknown {
  return new ResourceProperty(target, property);
}

/** The parts as one text, as `pulumi.interpolate` makes it. */
export function text(...parts: unknown[]): unknown {
  return new ProgramOutput(parts, (values) => values.map(String).join(""));
}

/** The value as JSON, as `pulumi.jsonStringify` makes it. */
export function json(value: unknown): unknown {
  return new ProgramOutput([value], ([content]) => JSON.stringify(content));
}

/** A value that comes from a resource and is known in a preview. */
export function known(value: unknown, source: ProgramResource): unknown {
  return new ProgramOutput([new ResourceProperty(source, "name")], () => value);
}

/** A value that comes from a resource and is known at the deployment only. */
export function later(value: unknown, ...sources: ProgramResource[]): unknown {
  return new ProgramOutput(
    sources.map((source) => new ResourceProperty(source, "arn")),
    () => value,
    true,
  );
}

/** How outputs get their values. */
export interface Resolution {
  read: (property: ResourceProperty) => unknown;
  preview: boolean;
}

/** A value with the outputs in it replaced: by their values, or by Pulumi's marker of an unknown one. */
export function resolve(value: unknown, by: Resolution): unknown {
  if (value instanceof ResourceProperty) {
    return by.read(value);
  }
  if (value instanceof ProgramOutput) {
    return resolveOutput(value, by);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, by));
  }
  return isObject(value)
    ? Object.fromEntries(definedEntries(value).map(([key, item]) => [key, resolve(item, by)]))
    : value;
}

function resolveOutput({ parts, compute, isLate }: ProgramOutput, by: Resolution): unknown {
  if (isLate) {
    return by.preview ? unknownValue : compute([]);
  }
  const values = parts.map((part) => resolve(part, by));
  return values.some(hasUnknown) ? unknownValue : compute(values);
}

/** The resources that a value comes from. */
export function sourcesOf(value: unknown): ProgramResource[] {
  if (value instanceof ResourceProperty) {
    return [value.resource];
  }
  const parts =
    value instanceof ProgramOutput ? value.parts : isObject(value) ? Object.values(value) : [];
  return parts.flatMap(sourcesOf);
}

/** The same program with each resource made anew, and what refers to it refers to the new one. */
export function remade(
  program: Program,
  make: (one: ProgramResource) => ProgramResource,
): ProgramResource[] {
  const made = new Map<string, ProgramResource>();
  const renewed = (one: ProgramResource) => made.get(keyOf(one)) ?? one;
  for (const one of program) {
    const inputs = withTargets(one.inputs, renewed) as Record<string, unknown>;
    const parent = one.parent && renewed(one.parent);
    made.set(keyOf(one), make({ ...one, inputs, ...(parent && { parent }) }));
  }
  return [...made.values()];
}

function keyOf({ type, name }: ProgramResource): string {
  return `${type} ${name}`;
}

function withTargets(value: unknown, renewed: (one: ProgramResource) => ProgramResource): unknown {
  if (value instanceof ResourceProperty) {
    return new ResourceProperty(renewed(value.resource), value.property);
  }
  if (value instanceof ProgramOutput) {
    const parts = value.parts.map((part) => withTargets(part, renewed));
    return new ProgramOutput(parts, value.compute, value.isLate);
  }
  if (Array.isArray(value)) {
    return value.map((item) => withTargets(item, renewed));
  }
  return isObject(value)
    ? Object.fromEntries(
        definedEntries(value).map(([key, item]) => [key, withTargets(item, renewed)]),
      )
    : value;
}

/** The entries of an object but those that are `undefined`. */
export function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function hasUnknown(value: unknown): boolean {
  return value === unknownValue || (isObject(value) && Object.values(value).some(hasUnknown));
}

/** Whether the value has entries. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
