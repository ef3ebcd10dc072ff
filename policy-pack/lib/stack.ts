import type { PolicyResource } from "@pulumi/policy";
import { CheckedResource } from "./resource";
import { stringsOf } from "./values";

/** Properties whose values other resources use to refer to a resource. */
const identifiers = ["id", "arn", "name", "bucket", "keyId", "functionName"];

/** A resource among the others of its stack. */
export class StackResource extends CheckedResource {
  readonly #source: PolicyResource;

  constructor(source: PolicyResource) {
    super(source);
    this.#source = source;
  }

  /**
   * The value that the program gave; `undefined` where it gave none. Other properties that a stack
   * policy sees were computed by AWS, and are unknown in a preview.
   */
  input(property: string): unknown {
    const given = Object.keys(this.#source.propertyDependencies);
    // Without any entry nothing tells inputs from outputs.
    return given.length === 0 || given.includes(property) ? this.get(property) : undefined;
  }

  /**
   * Whether a property of this resource refers to `other`: because its value comes from there, which
   * is known even where the value is not, or because it is the other's literal name, id or ARN.
   */
  refersTo(other: StackResource, property: string): boolean {
    const sources = this.#source.propertyDependencies[property] ?? [];
    const values = stringsOf(this.get(property));
    return (
      sources.some(({ urn }) => urn === other.urn) ||
      identifiers.some((name) => values.some((value) => other.get(name) === value))
    );
  }
}

/** All resources of a stack. */
export class CheckedStack {
  readonly #resources: StackResource[];

  constructor(sources: readonly PolicyResource[]) {
    this.#resources = sources.map((source) => new StackResource(source));
  }

  /** The resources of any of these types. */
  ofType(...types: string[]): StackResource[] {
    return this.#resources.filter(({ type }) => types.includes(type));
  }

  /** The resources of these types that refer to `target` by `property`. */
  referring(target: StackResource, property: string, types: readonly string[]): StackResource[] {
    return this.ofType(...types).filter((resource) => resource.refersTo(target, property));
  }

  /** The resources of these types that `source` refers to by `property`. */
  referred(source: StackResource, property: string, types: readonly string[]): StackResource[] {
    return this.ofType(...types).filter((resource) => source.refersTo(resource, property));
  }
}
