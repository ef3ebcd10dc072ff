import { nameOf, typeOf } from "../engine/urn";
import type { InventoryItem } from "../provider/inventory";
import { formatDiff } from "./change-lines";
import type { Left, PlannedStep } from "./last-run";

/** A step that takes away what nobody can bring back, or another thing than was asked to be changed. */
export interface Loss {
  step: TakingStep;
  /** What goes with it, as the end of a line that names it. */
  meaning: string;
}

type TakingStep = PlannedStep & { kind: "replace" | "delete" };

/** Tells what is lost with a resource, such as `3 objects`. */
export type ContentOf = (
  item: InventoryItem,
  goneBefore: ReadonlySet<string>,
) => Promise<string | undefined>;

/**
 * Types of which a resource is a version of another one: AWS has no other way to change that than
 * another version, which takes over before the last one goes, and holds nothing.
 */
const versions = new Set(["aws:apigateway/deployment:Deployment"]);

/** The steps that replace what is there, and those that delete it with what it holds. */
export async function lossesOf(
  steps: readonly PlannedStep[],
  contentOf: ContentOf,
): Promise<Loss[]> {
  const losses: Loss[] = [];
  const ids = goingIds(steps);
  for (const step of steps.filter(isTaking)) {
    const content = await contentIn(step.old, (item) => contentOf(item, ids));
    if (step.kind === "replace" || content !== undefined) {
      losses.push({ step, meaning: meaningOf(step, content, steps) });
    }
  }
  return losses;
}

function isTaking(step: PlannedStep): step is TakingStep {
  return (step.kind === "replace" && !versions.has(step.type)) || step.kind === "delete";
}

/** Ids of what is replaced or deleted. */
export function goingIds(steps: readonly PlannedStep[]): ReadonlySet<string> {
  const going = steps.filter(({ kind }) => kind === "replace" || kind === "delete");
  return new Set(going.flatMap(({ old }) => old?.id ?? []));
}

async function contentIn(
  old: Left | undefined,
  contentOf: (item: InventoryItem) => Promise<string | undefined>,
): Promise<string | undefined> {
  const isRetained = old?.traits?.options.retainOnDelete === true;
  return old?.generation === undefined || isRetained
    ? undefined
    : await contentOf(old as InventoryItem);
}

function meaningOf(
  step: PlannedStep,
  content: string | undefined,
  steps: readonly PlannedStep[],
): string {
  const diff = step.kind === "replace" ? ` ${formatDiff(step.changes)}` : "";
  const lost = content === undefined ? "" : `, and ${content} with it`;
  const successor = step.kind === "delete" ? successorOf(step, steps) : undefined;
  const renamed = successor ? `; ${nameOf(successor.urn)} takes its place, with nothing in it` : "";
  return diff + lost + renamed;
}

/** What is created at the same place under another name, such as a changed prefix gives to all. */
function successorOf({ urn }: PlannedStep, steps: readonly PlannedStep[]): PlannedStep | undefined {
  const candidates = steps.filter(
    ({ kind, urn: other }) => kind === "create" && isAlike(urn, other),
  );
  const ending = ({ urn: other }: PlannedStep) => commonEnd(nameOf(urn), nameOf(other));
  return candidates.sort((one, other) => ending(other) - ending(one))[0];
}

/** Whether both have the same type in components of the same types. */
function isAlike(one: string, other: string): boolean {
  return one.split("::")[2] === other.split("::")[2] && typeOf(one) === typeOf(other);
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.at(-1 - length) === other.at(-1 - length)) {
    length++;
  }
  return length;
}
