import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  double,
  integer,
  oneof,
  shuffledSubarray,
  string,
  tuple,
} from "fast-check";
import {
  type Argument,
  type OperationEntry,
  operationTable,
} from "../../../handlers/renditions/operations";

/** A text that an argument takes. */
function anyArgument(argument: Argument): Arbitrary<string> {
  switch (argument.type) {
    case "whole":
      return integer(argument).map(String);
    case "decimal":
      return double({ min: argument.min, max: argument.max, noNaN: true })
        .map((value) => value.toFixed(argument.decimals))
        .filter((text) => Number(text) >= argument.min && Number(text) <= argument.max);
    case "choice":
      return constantFrom(...argument.choices);
    case "flag":
      return boolean().map(String);
    case "colour":
      return constantFrom(3, 4, 6, 8).chain((length) =>
        string({
          unit: constantFrom(...Array.from("0123456789abcdefABCDEF")),
          minLength: length,
          maxLength: length,
        }),
      );
  }
}

/** A text of arguments that an operation takes. */
export function anyArguments(entry: OperationEntry): Arbitrary<string> {
  const forms = entry.forms.map((form) => tuple(...form.map(anyArgument)));
  return oneof(...forms).map((values) => values.join("x"));
}

/** An operation, which alone may be in vain, as a pair of a query. */
export const anyOperation: Arbitrary<readonly [string, string]> = constantFrom(
  ...operationTable,
).chain((entry) => tuple(constant(entry.name), anyArguments(entry)));

/** Operations in any order, each once at most, which may contradict each other. */
export const anyOperations: Arbitrary<(readonly [string, string])[]> = shuffledSubarray([
  ...operationTable,
]).chain((entries) =>
  tuple(...entries.map((entry) => tuple(constant<string>(entry.name), anyArguments(entry)))),
);
