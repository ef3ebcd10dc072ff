import { InvalidPattern } from "./invalid-pattern";

/** What stands for any characters. */
const any = Symbol("any");

/** A character, or any of them. */
type Step = string | typeof any;

/**
 * How many places of a text a value may have come to at once. EventBridge does not tell its limit: eight it is known
 * to take, and thirteen to refuse. Of several texts for one member it counts all together.
 */
const refusedPlaces = 13;

/** So many ways to have come somewhere are looked at; a text that has more is taken. */
const maxWays = 10_000;

/**
 * Reads a text in which `*` stands for any characters, `\*` for a star and `\\` for a backslash.
 *
 * @throws InvalidPattern
 */
export function wildcard(text: string): (value: unknown) => boolean {
  const steps = stepsOf(text);
  if (mostPlaces(['"', ...steps, '"']) >= refusedPlaces) {
    throw new InvalidPattern(
      "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
    );
  }
  const texts = textsOf(steps);
  return (value) => typeof value === "string" && hasInOrder(value, texts);
}

/** The texts before, between and after what stands for any characters. */
function textsOf(steps: readonly Step[]): string[] {
  const texts = [""];
  for (const step of steps) {
    texts.push(step === any ? "" : `${texts.pop() ?? ""}${step}`);
  }
  return texts;
}

/** Whether a value is made of texts, with anything in between: each is where it is found first, but for the last. */
function hasInOrder(value: string, [first = "", ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) {
    return value === first;
  }
  let from = value.startsWith(first) ? first.length : -1;
  for (const text of others) {
    const at = from < 0 ? -1 : value.indexOf(text, from);
    from = at < 0 ? -1 : at + text.length;
  }
  return from >= 0 && value.length - last.length >= from && value.endsWith(last);
}

function stepsOf(text: string): Step[] {
  const parts = text.match(/\\[\s\S]?|[^\\]/g) ?? [];
  return parts.map((part, index) => {
    if (part === "*") {
      if (parts[index + 1] === "*") {
        throw new InvalidPattern(`Consecutive wildcard characters at pos ${place(parts, index)}`);
      }
      return any;
    }
    if (part.startsWith("\\") && part !== "\\*" && part !== "\\\\") {
      throw new InvalidPattern(`Invalid escape character at pos ${place(parts, index)}`);
    }
    return part.slice(-1);
  });
}

/** Bytes before a part, with the quotation mark before all. */
function place(parts: readonly string[], index: number): number {
  return Buffer.byteLength(`"${parts.slice(0, index).join("")}`);
}

function mostPlaces(steps: readonly Step[]): number {
  const characters = new Set<Step | undefined>([...steps, undefined]);
  characters.delete(any);
  const ways = new Map([["0", [0]]]);
  let most = 0;
  for (const places of ways.values()) {
    most = Math.max(most, places.length);
    if (most >= refusedPlaces || ways.size > maxWays) {
      return most;
    }
    for (const character of characters) {
      const next = placesAfter(character, places, steps);
      ways.set(next.join(), next);
    }
  }
  return most;
}

/** Where a value may be that was at some places, by its next character: none of the text's own where there is none. */
function placesAfter(
  character: Step | undefined,
  places: readonly number[],
  steps: readonly Step[],
): number[] {
  const next = new Set<number>();
  for (const at of places) {
    const isAny = steps[at] === any;
    if (isAny || steps[at] === character) {
      const to = isAny ? at : at + 1;
      next.add(to);
      // What stands for any characters may stand for none.
      if (steps[to] === any) {
        next.add(to + 1);
      }
    }
  }
  return [...next].filter((at) => at < steps.length).sort((one, other) => one - other);
}
