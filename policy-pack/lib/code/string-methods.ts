import {
  concatenated,
  cut,
  has,
  itemsBetween,
  joined,
  kinds,
  lastItem,
  matched,
  replaced,
  split,
} from "./text-kinds";

/** An argument of a call: what it may be, and its value where the code says it. */
export interface Argument {
  text: number;
  literal: unknown;
}

type Method = (receiver: number, args: readonly Argument[]) => number;

const same: Method = (receiver) => receiver;
const part: Method = (receiver) => cut(receiver);
const test: Method = () => kinds.fixedText;
const between: Method = (receiver, [from, to]) =>
  itemsBetween(receiver, numberOf(from), numberOf(to));
const replace: Method = (receiver, [, by]) => replaced(receiver, by?.literal, by?.text ?? 0);
/** Of a pattern and a text: which is the receiver differs. */
const match: Method = (receiver, [argument]) => matched(receiver | (argument?.text ?? 0));

/** What methods of texts and of lists give, by their names. */
const methods: Readonly<Record<string, Method>> = {
  concat: (receiver, args) => args.reduce((text, arg) => concatenated(text, arg.text), receiver),
  endsWith: test,
  every: test,
  exec: match,
  filter: same,
  flat: same,
  includes: test,
  indexOf: test,
  join: (receiver) => joined(receiver),
  lastIndexOf: test,
  localeCompare: test,
  match,
  matchAll: match,
  pop: lastItem,
  replace,
  replaceAll: replace,
  reverse: same,
  search: test,
  shift: part,
  slice: between,
  some: test,
  splice: part,
  split: (receiver, [separator]) => split(receiver, separator?.literal),
  startsWith: test,
  substr: part,
  substring: part,
  test,
  toLowerCase: same,
  toString: same,
  toUpperCase: same,
  trim: same,
  valueOf: same,
};

/** What a method of a text or of a list gives; `undefined` for other methods. */
export function resultOf(
  method: string,
  receiver: number,
  args: readonly Argument[],
): number | undefined {
  return Object.hasOwn(methods, method) && has(receiver, ...Object.values(kinds))
    ? methods[method]?.(receiver, args)
    : undefined;
}

function numberOf(argument: Argument | undefined): number | undefined {
  return typeof argument?.literal === "number" ? argument.literal : undefined;
}
