import { parseJson } from "./json-text";
import { matchesPattern } from "./pattern";
import { anyOf, is, type Truth } from "./truth";
import { entriesOf, listOf, plain, unknownValue } from "./values";

/** A text of a document, which may not be known yet. */
export type Text = string | typeof unknownValue;

/** One test of a condition block, such as `StringEquals: {"aws:SourceAccount": "…"}`. */
export interface Condition {
  operator: Text;
  /** In lower case: keys are case-insensitive. */
  key: Text;
  values: unknown[];
}

/**
 * A statement of an IAM or resource policy, with lists where the document may have single values.
 * What is not known yet is an item of which nothing is known.
 */
export interface Statement {
  allows: Truth;
  actions: Text[];
  resources: Text[];
  /** Such as `{type: "AWS", id: "*"}`; `Principal: "*"` is given so, too. */
  principals: { type: Text; id: Text }[];
  /** Whether it names what it does *not* apply to. */
  excepts: { actions: Truth; resources: Truth; principals: Truth };
  conditions: Condition[];
}

const unknownPrincipal = { type: unknownValue, id: unknownValue } as const;

const unknownCondition: Condition = {
  operator: unknownValue,
  key: unknownValue,
  values: [unknownValue],
};

const unknownStatement: Statement = {
  allows: unknownValue,
  actions: [unknownValue],
  resources: [unknownValue],
  principals: [unknownPrincipal],
  excepts: { actions: unknownValue, resources: unknownValue, principals: unknownValue },
  conditions: [unknownCondition],
};

/**
 * The statements of a policy document, given as JSON or as an object.
 *
 * @returns one statement of which nothing is known for each that is not known yet, and for a document
 * that is not; none for what is not a document, which AWS refuses by itself.
 */
export function statementsOf(document: unknown): Statement[] {
  if (document === unknownValue) {
    return [unknownStatement];
  }
  const parsed = typeof document === "string" ? plain(parseJson(document)) : document;
  return listOf(new Map(entriesOf(parsed)).get("Statement")).map(normalize);
}

/** Whether a text of a document is one of those that any of `patterns` stands for. */
export function isAmong(text: Text, patterns: readonly Text[]): Truth {
  return anyOf(patterns.map((pattern) => matches(text, pattern)));
}

/** Whether a condition's operator is one of those that the expression stands for. */
export function hasOperator({ operator }: Condition, operators: RegExp): Truth {
  return operator === unknownValue ? unknownValue : operators.test(operator);
}

function matches(text: Text, pattern: Text): Truth {
  if (pattern === "*") {
    return true;
  }
  return text === unknownValue || pattern === unknownValue
    ? unknownValue
    : matchesPattern(text, pattern);
}

function normalize(statement: unknown): Statement {
  if (statement === unknownValue) {
    return unknownStatement;
  }
  const fields = new Map(entriesOf(statement));
  return {
    allows: is(fields.get("Effect"), "Allow"),
    actions: textsOf(fields.get("Action")),
    resources: textsOf(fields.get("Resource")),
    principals: principalsOf(fields.get("Principal")),
    excepts: {
      actions: fields.has("NotAction"),
      resources: fields.has("NotResource"),
      principals: fields.has("NotPrincipal"),
    },
    conditions: conditionsOf(fields.get("Condition")),
  };
}

function textsOf(value: unknown): Text[] {
  return listOf(value).filter((item) => typeof item === "string" || item === unknownValue);
}

function principalsOf(principal: unknown): Statement["principals"] {
  if (principal === unknownValue) {
    return [unknownPrincipal];
  }
  if (principal === "*") {
    return [{ type: "AWS", id: "*" }];
  }
  return entriesOf(principal).flatMap(([type, ids]) => textsOf(ids).map((id) => ({ type, id })));
}

function conditionsOf(block: unknown): Condition[] {
  if (block === unknownValue) {
    return [unknownCondition];
  }
  return entriesOf(block).flatMap(([operator, tests]) =>
    tests === unknownValue
      ? [{ ...unknownCondition, operator }]
      : entriesOf(tests).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: listOf(values),
        })),
  );
}
