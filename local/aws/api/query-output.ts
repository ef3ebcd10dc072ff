import type { Structure, Value } from "./output";
import { element, escapeXml } from "./query-xml";

/** How a list or a map is written where it has no element around it. */
export interface Flattened {
  /** The name of each item. */
  item: string;
  /** Of a map: the names of what each item has in it. @default key */
  key?: string;
  /** @default value */
  value?: string;
}

/** By the member's name. */
export type FlattenedMembers = Readonly<Record<string, Flattened>>;

/**
 * The members of a structure as the query protocol writes them.
 *
 * @param flattened members that are flattened; others are lists of `member` and maps of `entry`.
 */
export function membersXml(structure: Structure, flattened: FlattenedMembers = {}): string {
  return Object.entries(structure)
    .map(([name, value]) => memberXml(name, value, flattened))
    .join("");
}

function memberXml(name: string, value: Value, flattened: FlattenedMembers): string {
  if (value === undefined || value === null) {
    return "";
  }
  const flat = Object.hasOwn(flattened, name) ? flattened[name] : undefined;
  if (Array.isArray(value)) {
    const items = (value as readonly Value[])
      .map((item) => element(flat?.item ?? "member", contentXml(item, flattened)))
      .join("");
    return flat ? items : element(name, items);
  }
  if (value instanceof Map) {
    const { item = "entry", key = "key", value: valueName = "value" } = flat ?? {};
    const items = [...(value as ReadonlyMap<string, Value>)]
      .map(([each, part]) =>
        element(
          item,
          element(key, escapeXml(each)) + element(valueName, contentXml(part, flattened)),
        ),
      )
      .join("");
    return flat ? items : element(name, items);
  }
  return element(name, contentXml(value, flattened));
}

function contentXml(value: Value, flattened: FlattenedMembers): string {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  if (typeof value === "object" && value !== null) {
    return membersXml(value as Structure, flattened);
  }
  return escapeXml(String(value ?? ""));
}
