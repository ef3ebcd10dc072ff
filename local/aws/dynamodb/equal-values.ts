import type { Value } from "dynalite/db";

export type { Value };

/** Types of sets, by the type of their elements. */
const setTypes: Readonly<Record<string, string>> = { SS: "S", NS: "N", BS: "B" };

/** Whether two values are the same one: documents by what is in them, sets in any order. */
export function areEqual(one: Value | undefined, other: Value | undefined): boolean {
  const [type, content] = partsOf(one);
  const [otherType, otherContent] = partsOf(other);
  if (type === undefined || type !== otherType) {
    return false;
  }
  switch (type) {
    case "B":
      return bytesOf(content).equals(bytesOf(otherContent));
    case "L":
      return areEqualLists(content as Value[], otherContent as Value[]);
    case "M":
      return areEqualMaps(content as Record<string, Value>, otherContent as Record<string, Value>);
    default:
      return type in setTypes
        ? areEqualSets(elementsOf(one), elementsOf(other))
        : content === otherContent;
  }
}

/** The elements of a list or set; none of anything else. */
export function elementsOf(value: Value | undefined): Value[] {
  const [type = "", content] = partsOf(value);
  if (type === "L") {
    return content as Value[];
  }
  const ofElements = setTypes[type];
  return ofElements === undefined
    ? []
    : (content as unknown[]).map((element) => ({ [ofElements]: element }));
}

/** Whether a value is a text or bytes without a single character. */
export function isEmpty({ S, B }: Value): boolean {
  return S === "" || B === "";
}

/** The bytes of a binary value. */
export function bytesOf(content: unknown): Buffer {
  return Buffer.from(String(content), "base64");
}

/** The type of a value and what it holds. */
export function partsOf(value: Value | undefined): [type: string | undefined, content: unknown] {
  const [type] = Object.keys(value ?? {});
  return [type, type === undefined ? undefined : value?.[type]];
}

function areEqualLists(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value, index) => areEqual(value, other[index]));
}

function areEqualMaps(one: Record<string, Value>, other: Record<string, Value>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && areEqual(one[name], other[name]))
  );
}

function areEqualSets(one: readonly Value[], other: readonly Value[]): boolean {
  return (
    one.length === other.length &&
    one.every((element) => other.some((another) => areEqual(element, another)))
  );
}
