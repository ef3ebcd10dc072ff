import { messageOf } from "../message-of";
import type { InventoryItem } from "../provider/inventory";
import type { Display } from "./display";
import type { PlannedStep } from "./last-run";
import { goingIds } from "./losses";
import { UserError } from "./user-error";

/** Fails with AWS's reason when a resource could not be removed now; see `ManagedResources`. */
export type RequireRemovable = (
  item: InventoryItem,
  goneBefore: ReadonlySet<string>,
) => Promise<void>;

/**
 * Looks whether all that goes may go, before anything is changed.
 *
 * @throws UserError after each reason has been told.
 */
export async function requireAllRemovable(
  steps: readonly PlannedStep[],
  requireRemovable: RequireRemovable,
  display: Display,
): Promise<void> {
  const going = steps.filter(({ kind }) => kind === "replace" || kind === "delete");
  const ids = goingIds(steps);
  const urns = new Set(going.map(({ urn }) => urn));
  let refused = 0;
  for (const step of going) {
    const goesByItself = urns.has(step.old?.traits?.options.deletedWith ?? "");
    const refusal = goesByItself ? undefined : await refusalOf(step, ids, requireRemovable);
    const problem = protectionOf(step) ?? refusal;
    if (problem !== undefined) {
      refused++;
      display.show({ kind: "diagnostic", severity: "error", message: problem, urn: step.urn });
    }
  }
  if (refused > 0) {
    display.showDiagnostics();
    const subject = refused === 1 ? "a resource" : `${refused} resources`;
    throw new UserError(`${subject} cannot be deleted or replaced; nothing was changed`);
  }
}

/** https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go */
function protectionOf({ kind, urn, old, options }: PlannedStep): string | undefined {
  if (old?.traits?.options.protect !== true) {
    return undefined;
  }
  if (kind === "delete") {
    return (
      `resource "${urn}" cannot be deleted\nbecause it is protected. ` +
      "Run the program once with the resource and without its protect flag, or start with --fresh"
    );
  }
  return options?.protect === true
    ? `unable to replace resource "${urn}"\nas it is protected. ` +
        "Remove the protect flag from the resource in the program, or start with --fresh"
    : undefined;
}

/** What AWS would answer. */
async function refusalOf(
  { old, urn }: PlannedStep,
  goneBefore: ReadonlySet<string>,
  requireRemovable: RequireRemovable,
): Promise<string | undefined> {
  if (old?.generation === undefined || old.traits?.options.retainOnDelete === true) {
    return undefined;
  }
  try {
    await requireRemovable(old as InventoryItem, goneBefore);
    return undefined;
  } catch (error) {
    return (
      `deleting ${urn}: ${messageOf(error)}\n` +
      "Empty it or take its protection off first, as you would in AWS, or start with --fresh"
    );
  }
}
