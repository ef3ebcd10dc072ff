import { nativeTypes } from "../data/native-types";
import { at, entriesOf, unknownValue } from "./values";

/** The type under which rules judge a resource: a counterpart in `aws`, where there is one. */
export function judgedType(type: string): string {
  return nativeTypes[type]?.type ?? type;
}

/** Properties of a resource in the terms of the type under which it is judged. */
export function inTermsOfAws(type: string, values: unknown): unknown {
  const native = nativeTypes[type];
  if (native === undefined || values === undefined || values === unknownValue) {
    return values;
  }
  const { places = {}, items = {}, defaults = {} } = native;
  const moved = movedTo({ ...defaults, ...Object.fromEntries(entriesOf(values)) }, places);
  for (const [list, within] of Object.entries(items)) {
    const content = moved[list];
    if (Array.isArray(content)) {
      moved[list] = content.map((item: unknown) =>
        item === unknownValue ? item : movedTo(Object.fromEntries(entriesOf(item)), within),
      );
    }
  }
  return moved;
}

/** The name in `aws` of a property of `aws-native`, or of what is in it. */
export function propertyInAws(type: string, property: string): string {
  const places = Object.entries(nativeTypes[type]?.places ?? {});
  const [, place = property] = places.find(([from]) => from.split(".")[0] === property) ?? [];
  return place.split(".")[0] ?? property;
}

function movedTo(
  values: Record<string, unknown>,
  places: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const moved = { ...values };
  for (const [from, to] of Object.entries(places)) {
    const value = at(values, ...from.split("."));
    if (value !== undefined) {
      const [first = "", ...deeper] = to.split(".");
      const place = deeper.reduceRight((content: unknown, step) => ({ [step]: content }), value);
      moved[first] = place;
    }
  }
  return moved;
}
