import { nameOf } from "../engine/urn";
import { difference } from "./diff";
import type { Change } from "./diff";
import type { Properties } from "./resource";

/** A resource of a program's run. */
export interface RunResource {
  urn: string;
  type: string;
  /** False for components, which exist in the program only. */
  custom: boolean;
  /** As the inventory keeps them, with the name that was made up. */
  inputs: Properties;
  /** URNs that the resource may have had before. */
  aliases?: readonly string[];
  /** Inputs of which changes do not count, as paths. */
  ignoreChanges?: readonly string[];
  /** Inputs whose change replaces the resource, as paths. */
  replaceOnChanges?: readonly string[];
}

/** What happens to a resource from one run of its program to the next. */
export interface Step {
  kind: "create" | "update" | "replace" | "same" | "delete";
  urn: string;
  type: string;
  /** What differs; empty unless the resource is updated or replaced. */
  changes: Change[];
  /** Whether what it replaces has to go first, as there cannot be both. */
  deleteBeforeReplace?: boolean;
}

/** A resource as the last run has left it. */
export interface LeftResource {
  urn: string;
  /** The URN that its name was made up for. Default: the one that it has. */
  origin?: string;
  type: string;
  inputs: Properties;
  /** Absent for components. */
  id?: string;
  outputs?: Properties;
}

/** Finds what leads from the resources of one run to those of the next. */
export class Steps<Left extends LeftResource> {
  readonly #known: Map<string, Left>;

  /** @param before each after those that its inputs come from. */
  constructor(before: readonly Left[]) {
    this.#known = new Map(before.map((resource) => [resource.urn, resource]));
  }

  /** What there is of a resource that nothing has taken yet, under the first of its names that is known. */
  find(urns: readonly string[]): Left | undefined {
    return urns.map((urn) => this.#known.get(urn)).find(Boolean);
  }

  /**
   * What is to be done to a resource, and what there is of it. To be asked once for each.
   *
   * @param resource comes after those that its inputs come from.
   */
  to(resource: RunResource): { step: Step; old?: Left } {
    const { urn, aliases = [] } = resource;
    const old = this.find([urn, ...aliases]);
    const step = stepOf(old, resource);
    if (old) {
      this.#known.delete(old.urn);
    }
    return { step, old };
  }

  /** What no resource has taken the place of, the latest first. */
  gone(): Left[] {
    return [...this.#known.values()].reverse();
  }
}

/** The step by which a resource goes. */
export function deletion({ urn, type }: Pick<LeftResource, "urn" | "type">): Step {
  return { kind: "delete", urn, type, changes: [] };
}

function stepOf(old: LeftResource | undefined, resource: RunResource): Step {
  const { urn, type, custom, inputs, ignoreChanges = [], replaceOnChanges = [] } = resource;
  if (!old) {
    return { kind: "create", urn, type, changes: [] };
  }
  const { changes: plain, deleteBeforeReplace } = difference(
    type,
    old.inputs,
    inputs,
    nameOf(old.origin ?? old.urn),
  );
  const changes = plain
    .filter(({ path }) => !covers(ignoreChanges, path))
    .map((change) => ({
      ...change,
      replaces: custom && (change.replaces || covers(replaceOnChanges, change.path)),
    }));
  const isReplaced = changes.some(({ replaces }) => replaces);
  const kind = changes.length === 0 ? "same" : isReplaced ? "replace" : "update";
  return { kind, urn, type, changes, ...(kind === "replace" && { deleteBeforeReplace }) };
}

/** Whether one of `paths` is `path`, or has it inside. */
function covers(paths: readonly string[], path: string): boolean {
  return paths.some(
    (each) =>
      each === "*" || path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`),
  );
}
