import { isUnknown } from "./given";
import { inCase } from "./rule";
import type { Given, Relation } from "./rule";

/** Arguments that only a FIFO topic or queue can be given. */
export function fifoOnly(fifo: string, names: readonly string[]): Relation[] {
  return names.map((argument) =>
    inCase(
      { argument: fifo, isNot: [true, "true"], otherwise: false },
      { argument, must: "not be given", because: `${fifo} is not true` },
    ),
  );
}

/**
 * The name of a topic or a queue: those of FIFO ones end in `.fifo`, others have no dot.
 *
 * @param maxLength characters, the ending among them.
 */
export function fifoName({ fifo, maxLength }: { fifo: string; maxLength: number }) {
  return ({ name, [fifo]: isFifo }: Given): string[] => {
    if (typeof name !== "string" || name === "" || isUnknown(isFifo)) {
      return [];
    }
    const ending = isFifo === true || isFifo === "true" ? ".fifo" : "";
    const stem = name.slice(0, name.length - ending.length);
    if (name.endsWith(ending) && /^[\w-]+$/.test(stem) && name.length <= maxLength) {
      return [];
    }
    const end = ending === "" ? "" : ", and end in .fifo";
    return [
      `invalid value for name (must have 1 - ${maxLength} letters, digits, _ and -${end}), got ${name}`,
    ];
  };
}
