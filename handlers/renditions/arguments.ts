import { type Argument, type OperationEntry, type OperationName, positions } from "./operations";

/** What is given of each operation, in its one spelling: arguments are joined by `x`. */
export type Values = Partial<Record<OperationName, string>>;

/** What is wrong with what was given: completes a sentence that starts with the operation's name. */
export interface Mistake {
  readonly mistake: string;
}

/** Characters of what was given that a problem repeats. */
const maxQuoted = 40;

/** A text in a message: quoted, shortened, and without a character that does not show. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, maxQuoted)).replace(/[^ -~]/g, "?");
}

/** The one spelling of what `text` gives of an operation. */
export function readArguments(entry: OperationEntry, text: string): string | Mistake {
  const parts = entry.forms.some(isList) ? text.split(/[x,]/) : [text];
  const form = entry.forms.find((candidate) => candidate.length === parts.length);
  if (form === undefined) {
    return { mistake: `must be ${entry.forms.map(shapeOf).join(", or ")}, not ${quoted(text)}` };
  }
  const texts: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const argument = form[index];
    const part = parts[index] ?? "";
    const read = argument && readArgument(argument, part);
    if (read === undefined) {
      return { mistake: mistakeOf(argument, part) };
    }
    texts.push(read);
  }
  return entry.name === "gravity" ? named(texts) : texts.join("x");
}

function isList(form: readonly Argument[]): boolean {
  return form.length > 1;
}

/** The one spelling of an argument, or `undefined` if it is none. */
function readArgument(argument: Argument, text: string): string | undefined {
  switch (argument.type) {
    case "whole":
      return /^(?:0|[1-9][0-9]{0,5})$/.test(text) ? within(argument, Number(text)) : undefined;
    case "decimal":
      return /^(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,9})?$/.test(text)
        ? within(argument, Number(Number(text).toFixed(argument.decimals)))
        : undefined;
    case "choice":
      return argument.choices.includes(text) ? text : undefined;
    case "flag":
      return text === "true" || text === "false" ? text : undefined;
    case "colour":
      return readColour(text.toLowerCase());
  }
}

function within(
  range: { readonly min: number; readonly max: number },
  value: number,
): string | undefined {
  return value >= range.min && value <= range.max ? String(value) : undefined;
}

/** Six digits, or eight where the colour is not opaque. */
function readColour(text: string): string | undefined {
  const digits = text.startsWith("#") ? text.slice(1) : text;
  if (!/^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(digits)) {
    return undefined;
  }
  const long = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  return long.slice(6) === "ff" ? long.slice(0, 6) : long;
}

/** A gravity by its name where its point has one, since both mean the same. */
function named(texts: readonly string[]): string {
  const column = 2 * Number(texts[0]);
  const row = 2 * Number(texts[1]);
  // The names are those of a grid of three rows and three columns.
  const name = column % 1 === 0 && row % 1 === 0 ? positions[column + 3 * row] : undefined;
  return name ?? texts.join("x");
}

function mistakeOf(argument: Argument | undefined, text: string): string {
  const start = argument?.name === undefined ? "must be" : `must have as ${argument.name}`;
  return `${start} ${expected(argument)}, not ${quoted(text)}`;
}

function shapeOf(form: readonly Argument[]): string {
  return isList(form) ? form.map((argument) => argument.name).join(",") : expected(form[0]);
}

/** What is accepted, after "must be". */
function expected(argument: Argument | undefined): string {
  switch (argument?.type) {
    case "whole":
      return `a whole number from ${argument.min} to ${argument.max}`;
    case "decimal":
      return `a number from ${argument.min} to ${argument.max}`;
    case "choice":
      return `one of ${argument.choices.join(", ")}`;
    case "colour":
      return "a colour of 3, 4, 6 or 8 hexadecimal digits";
    case "flag":
    case undefined:
      return "true or false";
  }
}
