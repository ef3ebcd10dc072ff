import { CheckedResource } from "./resource";
import type { ResourceGraph } from "./resource-graph";
import type { ResourceRecord } from "./resource-record";
import type { Unknowns } from "./unknowns";

/** The resources around one that a rule judges, as far as the rule asks about them. */
export class CheckedStack {
  readonly #graph: ResourceGraph;
  readonly #unknowns: Unknowns;

  /** @param unknowns what is asked of any resource counts for the one that is judged. */
  constructor(graph: ResourceGraph, unknowns: Unknowns) {
    this.#graph = graph;
    this.#unknowns = unknowns;
  }

  /** The resources of any of these types. */
  ofType(...types: string[]): CheckedResource[] {
    return this.#checked(this.#graph.ofType(types));
  }

  /**
   * Whether a property of `source` refers to `target`: because its value comes from there, which is
   * known even where the value is not, or because it names the other's id, name or ARN. Two values
   * that are not known never count as equal.
   */
  refers(source: CheckedResource, property: string, target: CheckedResource): boolean {
    return this.#graph.refers(source.record, property, target.record);
  }

  /** The resources of these types that refer to `target` by `property`. */
  referring(
    target: CheckedResource,
    property: string,
    types: readonly string[],
  ): CheckedResource[] {
    return this.#checked(this.#graph.referring(target.record, property, types));
  }

  /** The resources of these types that `source` refers to by `property`. */
  referred(source: CheckedResource, property: string, types: readonly string[]): CheckedResource[] {
    return this.#checked(this.#graph.referred(source.record, property, types));
  }

  #checked(records: readonly ResourceRecord[]): CheckedResource[] {
    return records.map((record) => new CheckedResource(record, this.#unknowns));
  }
}
