import { isObject } from "../../is-object";

/** In which entries of which lists something stands. */
export type Place = ReadonlyMap<readonly unknown[], number>;

/** A value of an event that is neither an object nor a list. */
export interface Field {
  value: unknown;
  place: Place;
}

/**
 * The values of an event by their paths, which are names joined by dots: a name with a dot in it is as two.
 *
 * @param paths of which values are wanted.
 */
export function fieldsOf(event: unknown, paths: ReadonlySet<string>): Map<string, Field[]> {
  const fields = new Map<string, Field[]>();
  const collect = (value: unknown, path: string, place: Place): void => {
    if (Array.isArray(value)) {
      value.forEach((entry, index) => {
        const isInner = isObject(entry) || Array.isArray(entry);
        collect(entry, path, isInner ? new Map([...place, [value, index]]) : place);
      });
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        collect(member, path === "" ? name : `${path}.${name}`, place);
      }
    } else if (paths.has(path)) {
      const found = fields.get(path) ?? [];
      found.push({ value, place });
      fields.set(path, found);
    }
  };
  collect(event, "", new Map());
  return fields;
}
