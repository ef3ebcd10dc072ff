import { decodeText, encodeText } from "./bytes";

// Of the language's own methods, only what runtime 2.0 has too: the rest is taken away.

interface ParseOptions {
  decodeURIComponent?: (text: string) => string;
  maxKeys?: number;
}

interface StringifyOptions {
  encodeURIComponent?: (text: string) => string;
}

type Values = Record<string, string | string[]>;

/** Percent-encoded bytes that are no UTF-8 become U+FFFD; what is no percent-encoding stays. */
function unescape(text: string): string {
  const parts = text.split(/(%[0-9A-Fa-f]{2})/);
  const digits = parts.map((part, index) => (index % 2 === 1 ? part.slice(1) : decodeText(part)));
  return encodeText(digits.join(""));
}

function escape(text: string): string {
  return encodeURIComponent(text);
}

function parse(text: string, separator = "&", equal = "=", options: ParseOptions = {}): Values {
  const decode = options.decodeURIComponent ?? unescape;
  const maxKeys = options.maxKeys ?? 1000;
  const read = (part: string): string => decode(part.replaceAll("+", " "));
  const values: Values = {};
  const parts = text === "" ? [] : text.split(separator);
  for (const part of maxKeys > 0 ? parts.slice(0, maxKeys) : parts) {
    const at = part.indexOf(equal);
    const name = read(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? "" : read(part.slice(at + equal.length));
    add(values, name, value);
  }
  return values;
}

function add(values: Values, name: string, value: string): void {
  const known = Object.prototype.hasOwnProperty.call(values, name) ? values[name] : undefined;
  values[name] = known === undefined ? value : ([] as string[]).concat(known, value);
}

function stringify(
  values: Readonly<Record<string, unknown>>,
  separator = "&",
  equal = "=",
  options: StringifyOptions = {},
): string {
  const encode = options.encodeURIComponent ?? escape;
  const parts: string[] = [];
  Object.keys(values).forEach((name) => {
    const value = values[name];
    (Array.isArray(value) ? value : [value]).forEach((each) => {
      parts.push(encode(name) + equal + encode(primitive(each)));
    });
  });
  return parts.join(separator);
}

function primitive(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

export const querystring = {
  decode: parse,
  encode: stringify,
  escape,
  parse,
  stringify,
  unescape,
};
