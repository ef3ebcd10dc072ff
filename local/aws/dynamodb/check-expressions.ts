import {
  type Condition,
  isLiteral,
  operatorsIn,
  orderedTypes,
  type Test,
  testsOf,
} from "./condition";
import { validationError } from "./errors";
import { isEmpty, partsOf, type Value } from "./equal-values";
import { callsIn, type Updates } from "./update-expression";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const maxOperators = 300;
const maxOperands = 100;
const maxLevels = 32;
const maxIndex = 2 ** 31 - 1;

export const expressionNames = [
  "UpdateExpression",
  "ConditionExpression",
  "KeyConditionExpression",
  "FilterExpression",
  "ProjectionExpression",
] as const;

/** Comparisons that ask which of two values comes first. */
const ordering: readonly string[] = ["<", "<=", ">", ">=", "between"];

/** The expressions of an input, as they are given and as dynalite has parsed them. */
type Input = Partial<Record<(typeof expressionNames)[number], unknown>> & {
  _condition?: { expression: Condition };
  _filter?: { expression: Condition };
  _updates?: Updates;
  Segment?: number;
  TotalSegments?: number;
  KeyConditions?: Readonly<Record<string, { AttributeValueList?: readonly Value[] }>>;
};

/**
 * Checks of expressions and of what goes with them what dynalite does not look at.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkExpressions(input: Input): void {
  for (const name of expressionNames) {
    checkNames(name, input[name]);
    checkPaths(name, input[name]);
  }
  checkCondition("ConditionExpression", input._condition?.expression);
  checkCondition("FilterExpression", input._filter?.expression);
  checkUpdates(input._updates);
  if (input.Segment !== undefined && input.TotalSegments === undefined) {
    throw validationError(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  }
  for (const [key, { AttributeValueList = [] }] of Object.entries(input.KeyConditions ?? {})) {
    for (const value of AttributeValueList) {
      if (isEmpty(value)) {
        const [type] = partsOf(value);
        throw validationError(
          `One or more parameter values are not valid. ${emptyKey(type)} Key: ${key}`,
        );
      }
    }
  }
}

/** Names begin with a letter; dynalite takes an underscore for one. */
function checkNames(name: string, text: unknown): void {
  const [near] =
    /(?:[^\s()[\],.=<>+-]+\s*)?(?<![\w:#])_\w*/.exec(typeof text === "string" ? text : "") ?? [];
  if (near !== undefined) {
    throw validationError(`Invalid ${name}: Syntax error; token: "_", near: "${near}"`);
  }
}

/** How deep paths of documents go, and how far into lists. */
function checkPaths(name: string, text: unknown): void {
  const paths =
    typeof text === "string" ? text.match(/[#\w]+(?:\s*(?:\.\s*[#\w]+|\[\d+\]))+/g) : [];
  for (const path of paths ?? []) {
    const indexes = path.match(/(?<=\[)\d+(?=\])/g) ?? [];
    const far = indexes.find((index) => Number(index) > maxIndex);
    if (far !== undefined) {
      throw validationError(
        `Invalid ${name}: List index is not within the allowable range; index: [${far}]`,
      );
    }
    const levels = 1 + indexes.length + (path.match(/\./g) ?? []).length;
    if (levels > maxLevels) {
      throw validationError(
        `Invalid ${name}: The document path has too many nesting levels; nesting levels: ${levels}`,
      );
    }
  }
}

/** What is wrong with an empty value of a key. */
export function emptyKey(type: string | undefined): string {
  return `The AttributeValue for a key attribute cannot contain an empty ${type === "B" ? "binary" : "string"} value.`;
}

function checkCondition(name: string, condition: Condition | undefined): void {
  if (condition === undefined) {
    return;
  }
  requireFewOperators(name, operatorsIn(condition));
  for (const test of testsOf(condition)) {
    const problem = problemOf(test);
    if (problem !== undefined) {
      throw validationError(`Invalid ${name}: ${problem}`);
    }
  }
}

function checkUpdates(updates: Updates | undefined): void {
  const calls = (updates?.sections ?? []).flatMap(({ val }) => callsIn(val));
  requireFewOperators("UpdateExpression", calls.length);
  if (calls.some(({ name, args }) => name === "list_append" && args.some(appendsToList))) {
    throw validationError(
      "Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append",
    );
  }
}

function appendsToList(operand: unknown): boolean {
  const [outer] = callsIn(operand);
  return outer?.name === "list_append";
}

function requireFewOperators(name: string, count: number): void {
  if (count > maxOperators) {
    throw validationError(
      `Invalid ${name}: The expression contains too many operators; operator count: ${maxOperators + 1}`,
    );
  }
}

function problemOf({ type, args }: Test): string | undefined {
  if (type === "in" && args.length - 1 > maxOperands) {
    return `The IN operator is provided with too many operands; number of operands: ${args.length - 1}`;
  }
  if (!ordering.includes(type)) {
    return undefined;
  }
  const wrong = args
    .filter(isLiteral)
    .map((value) => partsOf(value)[0] ?? "")
    .find((each) => !orderedTypes.includes(each));
  return wrong === undefined
    ? undefined
    : `Incorrect operand type for operator or function; operator or function: ${type === "between" ? "BETWEEN" : type}, operand type: ${wrong}`;
}
