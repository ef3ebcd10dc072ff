import { type Argument, type OperationEntry, positions } from "./operations";

/** An argument as it is meant: a number, or the one spelling of anything else. */
export type Value = string | number;

/** Arguments by the operation's name; `dpr`, defaults and all as they were given. */
export type Values = Partial<Record<OperationEntry["name"], readonly Value[]>>;

/** Where a text of operations is from: a query of the API, or a path of the distribution. */
export type Source = "query" | "path";

/** What is wrong with arguments: completes a sentence that starts with the operation's name. */
export interface Mistake {
  readonly mistake: string;
}

/** Characters of what was given that a problem repeats. */
const maxQuoted = 40;

/** A text in a message: quoted, shortened, and without a character that does not show. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > maxQuoted ? `${text.slice(0, maxQuoted)}…` : text).replace(
    /[^ -~…]/g,
    "?",
  );
}

/** The arguments of `entry` that `text` gives. */
export function readArguments(
  entry: OperationEntry,
  text: string,
  source: Source,
): { readonly values: readonly Value[] } | Mistake {
  const parts = entry.forms.some((form) => form.length > 1) ? text.split(/[x,]/) : [text];
  const form = entry.forms.find((candidate) => isMeant(candidate, parts, source));
  if (form === undefined) {
    return { mistake: `must be ${formsOf(entry)}, not ${quoted(text)}` };
  }
  const values = form.map((argument, index) => readArgument(argument, parts[index] ?? "", source));
  const wrong = form.find((_argument, index) => values[index] === undefined);
  if (wrong) {
    const article = wrong.name === undefined ? "must be" : `must have as ${wrong.name}`;
    const part = parts[form.indexOf(wrong)] ?? "";
    return { mistake: `${article} ${expected(wrong)}, not ${quoted(part)}` };
  }
  return { values: entry.name === "gravity" ? namedPoint(values as Value[]) : (values as Value[]) };
}

function isMeant(form: readonly Argument[], parts: readonly string[], source: Source): boolean {
  const isForPaths = form.some((argument) => argument.type === "fingerprint");
  return form.length === parts.length && (source === "path" || !isForPaths);
}

/** The value that a text has, or `undefined` if it is none. */
function readArgument(argument: Argument, text: string, source: Source): Value | undefined {
  switch (argument.type) {
    case "whole":
      return /^(?:0|[1-9][0-9]{0,5})$/.test(text) ? within(argument, Number(text)) : undefined;
    case "decimal":
      return /^(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,9})?$/.test(text)
        ? within(argument, rounded(Number(text), argument.decimals))
        : undefined;
    case "choice":
      return readChoice(argument, text, source);
    case "flag":
      return text === "true" || text === "false" ? text : undefined;
    case "colour":
      return readColour(text.toLowerCase());
    case "fingerprint":
      return /^[0-9a-f]{8}$/.test(text) ? text : undefined;
  }
}

function within(
  range: { readonly min: number; readonly max: number },
  value: number,
): number | undefined {
  return value >= range.min && value <= range.max ? value : undefined;
}

/** Further digits make no difference that can be seen. */
function rounded(value: number, decimals: number): number {
  const scale = Math.pow(10, decimals);
  return Math.round(value * scale) / scale;
}

function readChoice(
  argument: Extract<Argument, { type: "choice" }>,
  text: string,
  source: Source,
): string | undefined {
  const choices = argument.choices.concat(source === "path" ? (argument.inPaths ?? []) : []);
  const aliases = argument.aliases ?? {};
  const choice = Object.keys(aliases).includes(text) ? aliases[text] : text;
  return choice !== undefined && choices.includes(choice) ? choice : undefined;
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

/** The name of a point that has one, since both mean the same. */
function namedPoint(values: readonly Value[]): readonly Value[] {
  const x = values[0];
  const y = values[1];
  if (typeof x !== "number" || typeof y !== "number" || (2 * x) % 1 !== 0 || (2 * y) % 1 !== 0) {
    return values;
  }
  return [positions[2 * x + 6 * y] ?? ""];
}

function formsOf(entry: OperationEntry): string {
  const forms = entry.forms.filter((form) => form.length <= 3 || entry.forms.length === 1);
  return forms.map(formOf).join(", or ");
}

function formOf(form: readonly Argument[]): string {
  const first = form[0];
  return form.length === 1 && first !== undefined
    ? expected(first)
    : form.map((argument) => argument.name).join(",");
}

/** What is accepted, after "must be". */
export function expected(argument: Argument): string {
  switch (argument.type) {
    case "whole":
      return `a whole number from ${argument.min} to ${argument.max}`;
    case "decimal":
      return `a number from ${argument.min} to ${argument.max}`;
    case "choice":
      return `one of ${argument.choices.join(", ")}`;
    case "flag":
      return "true or false";
    case "colour":
      return "a colour of 3, 4, 6 or 8 hexadecimal digits";
    case "fingerprint":
      return "8 hexadecimal digits";
  }
}
