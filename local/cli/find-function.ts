import { nearest } from "../nearest";
import { UserError } from "./user-error";

/** A function of the stack. */
export interface NamedFunction {
  /** What the program calls it. */
  logicalName: string;
  /** What it is called in AWS. */
  name: string;
}

/**
 * Finds the function that somebody means.
 *
 * @param text one of its names, or the end or a part of one that no other function has; in any case.
 * @returns its name in AWS.
 * @throws UserError when no function is meant, or several are.
 */
export function findFunction(text: string, functions: readonly NamedFunction[]): string {
  const found = meantBy(text, functions);
  const [one, ...others] = found;
  if (one && others.length === 0) {
    return one.name;
  }
  const all = functions.map(({ logicalName }) => logicalName).sort();
  if (one) {
    const meant = found.map(({ logicalName }) => logicalName).sort();
    throw new UserError(
      `--inspect ${text} may be each of ${meant.join(", ")}: give one of these names.`,
    );
  }
  const guess = guessOf(text, functions);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  const list = all.length === 0 ? "there are none" : `there are ${all.join(", ")}`;
  throw new UserError(
    `--inspect ${text}: the stack has no such function.${hint} Of functions, ${list}.`,
  );
}

/** Of the names themselves, their ends and their parts, the first that are any. */
function meantBy(text: string, functions: readonly NamedFunction[]): readonly NamedFunction[] {
  const part = text.toLowerCase();
  const tests = [
    (name: string) => name === part,
    (name: string) => name.endsWith(`-${part}`),
    (name: string) => name.includes(part),
  ];
  const found = tests.map((isMeant) =>
    functions.filter((each) => namesOf(each).some((name) => isMeant(name.toLowerCase()))),
  );
  return found.find(({ length }) => length > 0) ?? [];
}

/** People leave out how names begin, and misspell the rest. */
function guessOf(text: string, functions: readonly NamedFunction[]): string | undefined {
  const ends = new Map(
    functions.flatMap(({ logicalName }) =>
      endsOf(logicalName).map((end) => [end, logicalName] as const),
    ),
  );
  return ends.get(nearest(text, ends.keys()) ?? "");
}

/** Such as `shop-get-image`, `get-image` and `image`. */
function endsOf(name: string): string[] {
  const words = name.split("-");
  return words.map((_, index) => words.slice(index).join("-"));
}

function namesOf({ logicalName, name }: NamedFunction): string[] {
  return [logicalName, name];
}
