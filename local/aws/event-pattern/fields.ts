import { isObject } from "../../is-object";

/** Which entries of lists something stands in: their indexes, by the numbers that an event's lists have. */
export type Place = ReadonlyMap<number, number>;

/** Values that are neither objects nor lists, of one path, by where they stand. */
export interface Fields {
  /** In no list, or in none that is further in. */
  values: unknown[];
  /** Those that are further in: by the number of a list, and by the index of an entry. */
  inLists: Map<number, Map<number, Fields>>;
}

/** What an event has at one path. */
export interface FieldsOfPath extends Fields {
  /** The lists that any of the values stands in. */
  lists: Set<number>;
}

/** A value, and where it was found. */
export interface Field {
  value: unknown;
  place: Place;
}

/**
 * The values of an event by their paths, which are names joined by dots: a name with a dot in it is as two.
 *
 * @param paths of which values are wanted.
 */
export function fieldsOf(event: unknown, paths: ReadonlySet<string>): Map<string, FieldsOfPath> {
  const fields = new Map<string, FieldsOfPath>();
  let lists = 0;
  const collect = (value: unknown, path: string, place: Place): void => {
    if (Array.isArray(value)) {
      const list = lists++;
      value.forEach((entry, index) => {
        const isInner = isObject(entry) || Array.isArray(entry);
        collect(entry, path, isInner ? new Map(place).set(list, index) : place);
      });
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        collect(member, path === "" ? name : `${path}.${name}`, place);
      }
    } else if (paths.has(path)) {
      const found = fields.get(path) ?? { ...noFields(), lists: new Set() };
      fieldsAt(found, place).values.push(value);
      place.forEach((_, list) => found.lists.add(list));
      fields.set(path, found);
    }
  };
  collect(event, "", new Map());
  return fields;
}

/** Those of the fields that stand in the same entries as a place says, of lists that it names. */
export function fieldsWithin({ values, inLists }: Fields, place: Place): Field[] {
  const fields = values.map((value) => ({ value, place }));
  for (const [list, entries] of inLists) {
    const index = place.get(list);
    for (const at of index === undefined ? entries.keys() : [index]) {
      const inner = entries.get(at);
      for (const field of inner ? fieldsWithin(inner, new Map(place).set(list, at)) : []) {
        fields.push(field);
      }
    }
  }
  return fields;
}

function noFields(): Fields {
  return { values: [], inLists: new Map() };
}

function fieldsAt(fields: Fields, place: Place): Fields {
  let at = fields;
  for (const [list, index] of place) {
    const entries = at.inLists.get(list) ?? new Map<number, Fields>();
    const inner = entries.get(index) ?? noFields();
    at.inLists.set(list, entries.set(index, inner));
    at = inner;
  }
  return at;
}
