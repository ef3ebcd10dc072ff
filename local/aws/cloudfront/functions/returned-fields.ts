import { isObject } from "../../../is-object";
import { validationError } from "./function-failure";
import { isDisallowedHeader } from "./header-rules";
import type { Field, Fields, FieldValue } from "./types";

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** All but the tab. */
const control = /[^\P{Cc}\t]/u;

/** What a function returned as query, headers or cookies, and what it was given. */
export interface ReturnedFields {
  /** Such as `request.headers`. */
  where: string;
  value: unknown;
  /** Empty where the function was given none. */
  given: Fields;
}

/**
 * Reads headers that a function returned.
 *
 * @param readOnly those that must be as they were given.
 * @throws FunctionFailure `FunctionValidationError`.
 */
export function readHeaders(returned: ReturnedFields, readOnly: readonly string[]): Fields {
  const { where, given } = returned;
  const headers = readFields(returned);
  for (const name of Object.keys(headers)) {
    if (!headerName.test(name)) {
      throw validationError(`${where} has "${name}", which is no name of a header in lower case.`);
    }
    if (isDisallowedHeader(name)) {
      throw validationError(`${where} has the header ${name}, which functions cannot add.`);
    }
    if (name === "cookie" || name === "set-cookie") {
      throw validationError(`${where} has the header ${name}; cookies stand in "cookies".`);
    }
  }
  for (const name of readOnly) {
    if (JSON.stringify(headers[name]) !== JSON.stringify(given[name])) {
      throw validationError(`${where} has another ${name} than before, a read-only header.`);
    }
  }
  return headers;
}

/** @throws FunctionFailure `FunctionValidationError`. */
export function readFields({ where, value, given }: ReturnedFields): Fields {
  if (!isObject(value)) {
    throw validationError(`${where} must be an object.`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      readField(`${where}["${name}"]`, field, given[name]),
    ]),
  );
}

/**
 * Of a name that occurs more than once, a change of all its values counts, and else a change of the
 * first one.
 */
function readField(where: string, field: unknown, given: Field | undefined): Field {
  const own = readValue(where, field);
  const listed = isObject(field) ? field.multiValue : undefined;
  if (listed === undefined) {
    return own;
  }
  if (!Array.isArray(listed)) {
    throw validationError(`${where}.multiValue must be an array.`);
  }
  const values = listed.map((each, index) => readValue(`${where}.multiValue[${index}]`, each));
  const [first, ...others] = values;
  const isSame = JSON.stringify(values) === JSON.stringify(given?.multiValue ?? values);
  if (first === undefined || (isSame && given?.multiValue !== undefined)) {
    return { ...own, multiValue: [own, ...others] };
  }
  return { ...first, multiValue: values };
}

function readValue(where: string, field: unknown): FieldValue {
  const { value, attributes }: Record<string, unknown> = isObject(field) ? field : {};
  if (typeof value !== "string") {
    throw validationError(`${where}.value must be a string.`);
  }
  if (attributes !== undefined && typeof attributes !== "string") {
    throw validationError(`${where}.attributes must be a string.`);
  }
  if (control.test(value + (attributes ?? ""))) {
    throw validationError(`${where} has control characters.`);
  }
  return { value, ...(attributes !== undefined && { attributes }) };
}
