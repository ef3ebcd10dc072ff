import { difference } from "./diff";
import { replaces } from "./force-new";
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
  /** URNs of the resources that an input's value comes from, by input. */
  propertyDependencies?: Readonly<Record<string, readonly string[]>>;
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
  type: string;
  inputs: Properties;
  /** Absent for components. */
  id?: string;
  outputs?: Properties;
}

/** Finds what leads from the resources of one run to those of the next. */
export class Steps<Left extends LeftResource> {
  readonly #known: Map<string, Left>;
  readonly #replaced = new Map<string, readonly string[]>();

  /** @param before each after those that its inputs come from. */
  constructor(before: readonly Left[]) {
    this.#known = new Map(before.map((resource) => [resource.urn, resource]));
  }

  /**
   * What is to be done to a resource, and what there is of it. To be asked once for each.
   *
   * @param resource comes after those that its inputs come from.
   */
  to(resource: RunResource): { step: Step; old?: Left } {
    const { urn, aliases = [] } = resource;
    const old = [urn, ...aliases].map((name) => this.#known.get(name)).find(Boolean);
    const step = stepOf(old?.inputs, resource, this.#replaced);
    if (old) {
      this.#known.delete(old.urn);
    }
    if (old && step.kind === "replace") {
      this.#replaced.set(urn, computedTexts(old));
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

function stepOf(
  before: Properties | undefined,
  resource: RunResource,
  replaced: ReadonlyMap<string, readonly string[]>,
): Step {
  const { urn, type, custom, inputs, ignoreChanges = [], replaceOnChanges = [] } = resource;
  if (!before) {
    return { kind: "create", urn, type, changes: [] };
  }
  const { changes: plain, deleteBeforeReplace } = difference(type, before, inputs);
  const changes = [...plain, ...consequences(resource, plain, replaced)]
    .filter(({ path }) => !covers(ignoreChanges, path))
    .map((change) => ({
      ...change,
      replaces: custom && (change.replaces || covers(replaceOnChanges, change.path)),
    }));
  const isReplaced = changes.some(({ replaces }) => replaces);
  const kind = changes.length === 0 ? "same" : isReplaced ? "replace" : "update";
  return { kind, urn, type, changes, ...(kind === "replace" && { deleteBeforeReplace }) };
}

/**
 * Inputs with what AWS has computed of a resource that is replaced: ids and ARNs are others then, on
 * AWS at least.
 */
function consequences(
  { type, inputs, propertyDependencies = {} }: RunResource,
  changes: readonly Change[],
  replaced: ReadonlyMap<string, readonly string[]>,
): Change[] {
  return Object.entries(propertyDependencies)
    .filter(([input, urns]) => {
      const text = JSON.stringify(inputs[input] ?? "");
      const gone = urns.flatMap((urn) => replaced.get(urn) ?? []);
      const isChanged = changes.some(({ path }) => path === input || covers([input], path));
      return !isChanged && gone.some((each) => text.includes(each));
    })
    .map(([input]) => ({ path: input, kind: "update", replaces: replaces(type, input) }));
}

/** The texts that AWS has made up for a resource; short ones may be in others by chance. */
function computedTexts({ id = "", inputs, outputs = {} }: LeftResource): string[] {
  const given = new Set(Object.values(inputs));
  const texts = [id, ...Object.values(outputs)].filter((value) => typeof value === "string");
  return texts.filter((text) => text.length >= 6 && !given.has(text));
}

/** Whether one of `paths` is `path`, or has it inside. */
function covers(paths: readonly string[], path: string): boolean {
  return paths.some(
    (each) =>
      each === "*" || path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`),
  );
}
