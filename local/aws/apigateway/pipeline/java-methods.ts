import { isObject } from "../../../is-object";

/** The methods of a Java type that templates may call, by name. */
type Methods<T> = Readonly<
  Record<string, (value: T, ...parameters: readonly unknown[]) => unknown>
>;

type JavaMap = Record<string, unknown>;

/** https://docs.oracle.com/javase/8/docs/api/java/lang/String.html */
const ofTexts: Methods<string> = {
  charAt: (text, index) => text[Number(index)],
  concat: (text, other) => text + String(other),
  contains: (text, part) => text.includes(String(part)),
  endsWith: (text, end) => text.endsWith(String(end)),
  equals: (text, other) => text === other,
  equalsIgnoreCase: (text, other) => text.toLowerCase() === String(other).toLowerCase(),
  indexOf: (text, part) => text.indexOf(String(part)),
  isEmpty: (text) => text === "",
  lastIndexOf: (text, part) => text.lastIndexOf(String(part)),
  length: (text) => text.length,
  matches: (text, expression) => new RegExp(`^(?:${String(expression)})$`, "s").test(text),
  replace: (text, part, other) => text.replaceAll(String(part), () => String(other)),
  replaceAll: (text, expression, other) =>
    text.replaceAll(new RegExp(String(expression), "g"), String(other)),
  split: (text, expression) => withoutEmptyEnd(text.split(new RegExp(String(expression)))),
  startsWith: (text, start) => text.startsWith(String(start)),
  substring: (text, start, end) =>
    text.substring(Number(start), end === undefined ? undefined : Number(end)),
  toLowerCase: (text) => text.toLowerCase(),
  toString: (text: string) => text,
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

/** https://docs.oracle.com/javase/8/docs/api/java/util/List.html */
const ofLists: Methods<unknown[]> = {
  add: (list, item) => list.push(item) > 0,
  contains: (list, item) => list.includes(item),
  get: (list, index) => list[Number(index)],
  indexOf: (list, item) => list.indexOf(item),
  isEmpty: (list) => list.length === 0,
  remove: (list, index) => list.splice(Number(index), 1)[0],
  set: (list, index, item) => list.splice(Number(index), 1, item)[0],
  size: (list) => list.length,
  toString: (list: unknown[]) => javaText(list),
  subList: (list, start, end) => list.slice(Number(start), Number(end)),
};

/** https://docs.oracle.com/javase/8/docs/api/java/util/Map.html */
const ofMaps: Methods<JavaMap> = {
  containsKey: (map, key) => Object.hasOwn(map, String(key)),
  entrySet: (map) => Object.entries(map).map(([key, value]) => ({ key, value })),
  get: (map, key) => (Object.hasOwn(map, String(key)) ? map[String(key)] : undefined),
  isEmpty: (map) => Object.keys(map).length === 0,
  keySet: (map) => Object.keys(map),
  put: (map, key, value) => {
    map[String(key)] = value;
  },
  remove: (map, key) => {
    const { [String(key)]: removed } = map;
    Reflect.deleteProperty(map, String(key));
    return removed;
  },
  size: (map) => Object.keys(map).length,
  toString: (map: JavaMap) => javaText(map),
  values: (map) => Object.values(map),
};

/** Lists that were read from JSON, which show themselves as such; no others do. */
const jsonLists = new WeakSet<unknown[]>();

/** Reads JSON as templates have it. @throws SyntaxError */
export function readJson(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (Array.isArray(value)) {
      jsonLists.add(value);
    }
    return value;
  });
}

/** A value as Java shows it: `{a=1, b=[2, 3]}`, but lists of JSON as JSON, and nothing as an empty text. */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) {
    return jsonLists.has(value) ? JSON.stringify(value) : `[${value.map(memberText).join(", ")}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, member]) => `${key}=${memberText(member)}`);
    return `{${members.join(", ")}}`;
  }
  if (value === null || value === undefined) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function memberText(value: unknown): string {
  return value === null || value === undefined ? "null" : javaText(value);
}

/** A call of a method in a template. */
interface Call {
  property: string;
  context: unknown;
  params: readonly unknown[];
}

/**
 * The methods that values in templates have: Java's, since API Gateway's Velocity runs on it. Those of
 * JavaScript that texts and lists have besides are none, so that nothing works here alone. A method
 * that there is none of gives nothing, as in Velocity.
 */
export const javaMethods = {
  uid: "java",
  match: ({ property, context }: Call): boolean =>
    typeof context === "string" ||
    Array.isArray(context) ||
    (isObject(context) && !Object.hasOwn(context, property)),
  resolve: ({ property, context, params }: Call): unknown => {
    if (typeof context === "string") {
      return call(ofTexts, property, context, params);
    }
    return Array.isArray(context)
      ? call(ofLists, property, context, params)
      : call(ofMaps, property, context as JavaMap, params);
  },
};

function call<T>(methods: Methods<T>, name: string, value: T, parameters: readonly unknown[]) {
  return Object.hasOwn(methods, name) ? methods[name]?.(value, ...parameters) : undefined;
}

/** Java leaves out empty parts at the end. */
function withoutEmptyEnd(parts: readonly string[]): string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== "") + 1);
}
