import { z } from "zod";

import { AwsError } from "../aws-error";
import { orderedTypes } from "./condition";
import { invalidParameters, validationError } from "./errors";
import type { OperationInput } from "./operation-input";

const value = z.record(z.string(), z.unknown());

const condition = z.object({
  AttributeValueList: z.array(value).optional(),
  ComparisonOperator: z.string().optional(),
  Exists: z.boolean().optional(),
  Value: value.optional(),
});

const conditions = z.record(z.string(), condition);

const legacyInput = z.object({
  AttributesToGet: z.array(z.string()).optional(),
  AttributeUpdates: z
    .record(z.string(), z.object({ Action: z.string().optional(), Value: value.optional() }))
    .optional(),
  ConditionalOperator: z.string().optional(),
  Expected: conditions.optional(),
  KeyConditions: conditions.optional(),
  QueryFilter: conditions.optional(),
  ScanFilter: conditions.optional(),
  // Beside conditions on keys, the rest may be expressions.
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
});

type Conditions = z.infer<typeof conditions>;
type LegacyInput = z.infer<typeof legacyInput>;
type AttributeUpdates = NonNullable<LegacyInput["AttributeUpdates"]>;

const members = Object.keys(legacyInput.shape).filter((name) => !name.startsWith("Expression"));

/**
 * An input with expressions in place of the parameters that they replaced in 2014, which mean the same: there is one
 * way to find out what an operation touches, and one to do it.
 *
 * @param check checks what is given, so that what is wrong with it is told in its own words.
 * @throws AwsError `ValidationException`.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
export function inExpressions(
  input: OperationInput,
  check: (input: OperationInput) => void,
): OperationInput {
  if (!hasLegacyParameters(input)) {
    return input;
  }
  check(checkable(input));
  return withExpressions(input);
}

/** What is said of an update by expressions, as it is said of one by `AttributeUpdates`. */
export function inLegacyWords({ AttributeUpdates }: OperationInput, error: unknown): unknown {
  return AttributeUpdates !== undefined &&
    error instanceof AwsError &&
    error.message === "An operand in the update expression has an incorrect data type"
    ? validationError("Type mismatch for attribute to update")
    : error;
}

function hasLegacyParameters({ RequestItems = {}, ...input }: OperationInput): boolean {
  const parts = [input, ...Object.values(RequestItems)];
  return parts.some((part) => members.some((member) => member in part));
}

/** Types of values that filters compare whole, of which dynalite thinks that they cannot. */
const comparedWhole = ["BOOL", "L", "M", "NULL"];

/** An input without the conditions of filters that dynalite refuses, though DynamoDB does not. */
function checkable(input: OperationInput): OperationInput {
  const legacy = legacyInput.parse(input);
  const parts = (["QueryFilter", "ScanFilter"] as const).flatMap((name) => {
    const filter = Object.entries(legacy[name] ?? {}).filter(([, one]) => !comparesWhole(one));
    return legacy[name] ? [[name, Object.fromEntries(filter)] as const] : [];
  });
  return { ...input, ...Object.fromEntries(parts) };
}

function comparesWhole({ AttributeValueList = [], ComparisonOperator = "" }: Conditions[string]) {
  const [value = {}, ...others] = AttributeValueList;
  return (
    ["EQ", "NE"].includes(ComparisonOperator) &&
    others.length === 0 &&
    comparedWhole.some((type) => type in value)
  );
}

function withExpressions(input: OperationInput): OperationInput {
  const { RequestItems } = input;
  if (RequestItems === undefined) {
    return withoutLegacy(input);
  }
  const tables = Object.entries(RequestItems).map(
    ([name, table]) => [name, Array.isArray(table) ? table : withoutLegacy(table)] as const,
  );
  return { ...input, RequestItems: Object.fromEntries(tables) };
}

function withoutLegacy<Input extends object>(input: Input): Input {
  const legacy = legacyInput.parse(input);
  check(legacy);
  const others = Object.entries(input).filter(([name]) => !members.includes(name));
  const placeholders = new Placeholders(legacy);
  const { AttributesToGet, AttributeUpdates, ConditionalOperator, KeyConditions } = legacy;
  const filter = legacy.QueryFilter ?? legacy.ScanFilter;
  const expressions = {
    ProjectionExpression: AttributesToGet?.map((name) => placeholders.name(name)).join(", "),
    UpdateExpression: AttributeUpdates && updateExpression(AttributeUpdates, placeholders),
    ConditionExpression: joined(legacy.Expected, placeholders, ConditionalOperator),
    KeyConditionExpression: joined(KeyConditions, placeholders),
    FilterExpression: joined(filter, placeholders, ConditionalOperator),
  };
  const given = Object.entries(expressions).filter(([, text]) => text !== undefined && text !== "");
  return Object.fromEntries([...others, ...given, ...placeholders.members()]) as Input;
}

/** Types of operands, of those operators that take some alone. */
const operandTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ["LE", orderedTypes],
  ["LT", orderedTypes],
  ["GE", orderedTypes],
  ["GT", orderedTypes],
  ["BETWEEN", orderedTypes],
  ["CONTAINS", orderedTypes],
  ["NOT_CONTAINS", orderedTypes],
  ["IN", orderedTypes],
  ["BEGINS_WITH", ["S", "B"]],
]);

/** Checks of conditions what dynalite does of filters alone. @throws AwsError `ValidationException`. */
function checkOperands(expected: Conditions): void {
  for (const { AttributeValueList = [], ComparisonOperator = "", Value } of Object.values(
    expected,
  )) {
    const given = Value ? [Value] : AttributeValueList;
    const types = operandTypes.get(ComparisonOperator);
    const wrong = given
      .map((each) => Object.keys(each)[0] ?? "")
      .find((type) => types?.includes(type) === false);
    if (wrong !== undefined) {
      throw invalidParameters(
        `ComparisonOperator ${ComparisonOperator} is not valid for ${wrong} AttributeValue type`,
      );
    }
  }
}

/** Operators by which keys are found. */
const indexable = new Set(["EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN"]);

/** Checks what dynalite does not. @throws AwsError `ValidationException`. */
function check({ ConditionalOperator, Expected, KeyConditions, ...legacy }: LegacyInput): void {
  checkOperands(Expected ?? {});
  const filter = Expected ?? legacy.QueryFilter ?? legacy.ScanFilter ?? {};
  const count = Object.keys(filter).length;
  if (ConditionalOperator !== undefined && count < 2) {
    throw validationError(
      count === 0
        ? "ConditionalOperator cannot be used without Filter or Expected"
        : "ConditionalOperator can only be used when Filter or Expected has two or more elements",
    );
  }
  for (const { ComparisonOperator = "" } of Object.values(KeyConditions ?? {})) {
    if (!indexable.has(ComparisonOperator)) {
      throw validationError("Attempted conditional constraint is not an indexable operation");
    }
  }
}

/** Names and values, and what stands for them in expressions. */
class Placeholders {
  readonly #names: Record<string, string>;
  readonly #values: Record<string, unknown>;

  /** @param given what stands for some in expressions that were given. */
  constructor({ ExpressionAttributeNames, ExpressionAttributeValues }: LegacyInput) {
    this.#names = { ...ExpressionAttributeNames };
    this.#values = { ...ExpressionAttributeValues };
  }

  name(name: string): string {
    return add(this.#names, "#", name);
  }

  value(value: unknown): string {
    return add(this.#values, ":", value);
  }

  /** The members of an input that tell what they stand for. */
  members(): [string, object][] {
    const all: [string, object][] = [
      ["ExpressionAttributeNames", this.#names],
      ["ExpressionAttributeValues", this.#values],
    ];
    return all.filter(([, members]) => Object.keys(members).length > 0);
  }
}

function add<Value>(all: Record<string, Value>, sign: string, value: Value): string {
  const placeholder = `${sign}legacy${Object.keys(all).length}`;
  all[placeholder] = value;
  return placeholder;
}

function joined(all: Conditions | undefined, placeholders: Placeholders, operator = "AND"): string {
  return Object.entries(all ?? {})
    .map(([attribute, one]) => conditionExpression(attribute, one, placeholders))
    .join(` ${operator} `);
}

const comparators = new Map([
  ["EQ", "="],
  ["NE", "<>"],
  ["LE", "<="],
  ["LT", "<"],
  ["GE", ">="],
  ["GT", ">"],
]);

function conditionExpression(
  attribute: string,
  { AttributeValueList, ComparisonOperator, Exists, Value }: Conditions[string],
  placeholders: Placeholders,
): string {
  const name = placeholders.name(attribute);
  if (Exists === false) {
    return `attribute_not_exists(${name})`;
  }
  const given = AttributeValueList ?? (Value === undefined ? [] : [Value]);
  const values = given.map((each) => placeholders.value(each));
  const [first = ""] = values;
  const operator = ComparisonOperator ?? "EQ";
  switch (operator) {
    case "NOT_NULL":
      return `attribute_exists(${name})`;
    case "NULL":
      return `attribute_not_exists(${name})`;
    case "CONTAINS":
      return `contains(${name}, ${first})`;
    case "NOT_CONTAINS":
      // Of an attribute that is not there, neither holds.
      return `(attribute_exists(${name}) AND NOT contains(${name}, ${first}))`;
    case "BEGINS_WITH":
      return `begins_with(${name}, ${first})`;
    case "IN":
      return `${name} IN (${values.join(", ")})`;
    case "BETWEEN":
      return `${name} BETWEEN ${values.join(" AND ")}`;
    default:
      return `${name} ${comparators.get(operator) ?? "="} ${first}`;
  }
}

function updateExpression(updates: AttributeUpdates, placeholders: Placeholders): string {
  const sections: Record<"ADD" | "DELETE" | "REMOVE" | "SET", string[]> = {
    SET: [],
    ADD: [],
    DELETE: [],
    REMOVE: [],
  };
  for (const [attribute, { Action = "PUT", Value }] of Object.entries(updates)) {
    const name = placeholders.name(attribute);
    if (Value === undefined) {
      sections.REMOVE.push(name);
    } else if (Action === "PUT") {
      sections.SET.push(`${name} = ${placeholders.value(Value)}`);
    } else if (Action === "ADD" && "L" in Value) {
      const list = `if_not_exists(${name}, ${placeholders.value({ L: [] })})`;
      sections.SET.push(`${name} = list_append(${list}, ${placeholders.value(Value)})`);
    } else {
      sections[Action === "ADD" ? "ADD" : "DELETE"].push(`${name} ${placeholders.value(Value)}`);
    }
  }
  return Object.entries(sections)
    .filter(([, actions]) => actions.length > 0)
    .map(([section, actions]) => `${section} ${actions.join(", ")}`)
    .join(" ");
}
