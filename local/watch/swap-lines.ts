import { formatMessages } from "esbuild";
import type { Message, PartialMessage } from "esbuild";
import { shownPath } from "./recipes";
import type { Judgement } from "./swaps";
import type { TypeProblem } from "./types/protocol";

/** Most functions or files that a line names. */
const maxNames = 4;

/** Most errors that are shown at once. */
const maxErrors = 10;

/** Such as `get-image, list-images and 3 more`. */
export function namesOf(names: readonly string[]): string {
  const shown = [...new Set(names)].sort();
  const rest = shown.length - maxNames;
  return rest > 1 ? `${shown.slice(0, maxNames).join(", ")} and ${rest} more` : shown.join(", ");
}

/** Such as `~ get-image swapped in 0.3 s (handlers/get-image.ts)`. */
export function swapLine(names: readonly string[], ms: number, files: readonly string[]): string {
  return `~ ${namesOf(names)} swapped in ${(ms / 1000).toFixed(1)} s (${namesOf(files)})`;
}

/** Errors as esbuild prints them: with file, line and the code around it. */
export async function errorText(
  errors: readonly (Message | PartialMessage)[],
  color: boolean,
): Promise<string> {
  const shown = await formatMessages(errors.slice(0, maxErrors), { kind: "error", color });
  const rest = errors.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more errors\n`] : [])].join("").trimEnd();
}

/** A type error in the form of esbuild's own. */
export function messageOf(
  { text, notes, location }: TypeProblem,
  programDir: string,
): PartialMessage {
  return {
    text,
    notes: notes.map((note) => ({ text: note })),
    ...(location && { location: { ...location, file: shownPath(programDir, location.file) } }),
  };
}

/** Such as `~ get-image keeps its code: it cannot be bundled`. */
export function keptLine(name: string, because: string): string {
  return `~ ${name} keeps its code: it ${because}`;
}

/** What has come of a check of types for functions that did not wait for it, a line for each kind. */
export function judgementLines(
  judgement: Judgement,
  shownNames: ReadonlyMap<string, string>,
  files: readonly string[],
): string[] {
  const shown = (names: readonly string[]) => names.map((name) => shownNames.get(name) ?? name);
  const [restored, righted] = [shown(judgement.restored), shown(judgement.righted)];
  return [
    ...(restored.length > 0 ? [restoredLine(restored)] : []),
    ...shown(judgement.kept).map((name) => keptLine(name, "has type errors")),
    ...(righted.length > 0 ? [rightedLine(righted, files)] : []),
  ];
}

/** Such as `~ get-image has its former code back: there are type errors`. */
function restoredLine(names: readonly string[]): string {
  const has = names.length > 1 ? "have their" : "has its";
  return `~ ${namesOf(names)} ${has} former code back: there are type errors`;
}

/** Such as `~ get-image is right again, and runs as before (handlers/get-image.ts)`. */
export function rightedLine(names: readonly string[], files: readonly string[]): string {
  const runs = names.length > 1 ? "are right again, and run" : "is right again, and runs";
  return `~ ${namesOf(names)} ${runs} as before (${namesOf(files)})`;
}
