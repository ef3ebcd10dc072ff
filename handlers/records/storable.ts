import { decimalOf } from "../http/canonical-json";
import { InvalidRequestError, jsonPointer, maxFieldLength, type Problem } from "../http/errors";
import type { Fields } from "./document";
import { revisionName } from "./records-table";

// What DynamoDB does not keep of JSON, whose limit of 400 KB no body of 256 KB comes to.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html

/** Levels of objects and arrays, the record itself included. */
const maxLevels = 32;
const maxNameBytes = 65_535;
const maxDigits = 38;
/** Powers of ten between which numbers are that are not zero. */
const leastPower = -130n;
const greatestPower = 125n;

/** Problems that are looked for at most; a response lists no more. */
const maxProblems = 20;

/**
 * Makes sure that a record can be kept as it is.
 *
 * @throws InvalidRequestError that lists what cannot, and where.
 */
export function requireStorable(fields: Fields): void {
  const problems = [...take(problemsIn(fields, []), maxProblems)];
  if (problems.length > 0) {
    throw new InvalidRequestError(problems);
  }
}

type Path = readonly (string | number)[];

function* problemsIn(value: unknown, path: Path): Generator<Problem> {
  if (typeof value === "string") {
    if (hasUnpairedSurrogate(value)) {
      yield problemAt(path, "must not contain unpaired surrogates");
    }
  } else if (typeof value === "number") {
    yield* numberProblems(String(value), path);
  } else if (typeof value === "object" && value !== null) {
    yield* JSON.isRawJSON(value)
      ? numberProblems(value.rawJSON, path)
      : containerProblems(value, path);
  }
}

function* containerProblems(container: object, path: Path): Generator<Problem> {
  if (path.length >= maxLevels) {
    yield problemAt(path, `must not lie more than ${maxLevels} levels deep`);
    return;
  }
  for (const [name, member] of Object.entries(container)) {
    const problem = nameProblem(name, path);
    if (problem !== undefined) {
      yield problemAt(path, problem);
    }
    yield* problemsIn(member, [...path, name]);
  }
}

function nameProblem(name: string, path: Path): string | undefined {
  if (name === "") {
    return "must not have a member without a name";
  }
  if (path.length === 0 && name === revisionName) {
    return `must not have a member that is called ${revisionName}, which is reserved`;
  }
  if (hasUnpairedSurrogate(name)) {
    return "must not have a member whose name contains unpaired surrogates";
  }
  return Buffer.byteLength(name) > maxNameBytes
    ? `must not have a member whose name has more than ${maxNameBytes} bytes in UTF-8`
    : undefined;
}

function* numberProblems(text: string, path: Path): Generator<Problem> {
  const { digits, scale } = decimalOf(text);
  const power = scale + BigInt(digits.length) - 1n;
  if (digits.length > maxDigits) {
    yield problemAt(
      path,
      `must have at most ${maxDigits} significant digits, but has ${digits.length}`,
    );
  }
  if (digits !== "" && (power < leastPower || power > greatestPower)) {
    yield problemAt(path, `must be 0, or from 1e${leastPower} to below 1e${greatestPower + 1n}`);
  }
}

function hasUnpairedSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}

function problemAt(path: Path, problem: string): Problem {
  return {
    field: path.join(".").slice(0, maxFieldLength) || "body",
    problem,
    pointer: jsonPointer(path),
  };
}

function* take<Value>(values: Iterable<Value>, count: number): Generator<Value> {
  let left = count;
  for (const value of values) {
    yield value;
    left--;
    if (left === 0) {
      return;
    }
  }
}
