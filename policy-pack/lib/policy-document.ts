import { parseJson } from "./json-text";
import { entriesOf, isKnown, listOf, stringsOf, unknownValue } from "./values";

/** One test of a condition block, such as `StringEquals: {"aws:SourceAccount": "…"}`. */
export interface Condition {
  operator: string;
  /** In lower case: keys are case-insensitive. */
  key: string;
  values: unknown[];
}

/** A statement of an IAM or resource policy, with lists where the document may have single values. */
export interface Statement {
  allows: boolean;
  actions: string[];
  resources: string[];
  /** Such as `{type: "AWS", id: "*"}`; `Principal: "*"` is given so, too. */
  principals: { type: string; id: string }[];
  /** Whether it names what it does *not* apply to. */
  excepts: { actions: boolean; resources: boolean; principals: boolean };
  conditions: Condition[];
}

/**
 * The statements of a policy document, given as JSON or as an object.
 *
 * @returns {@link unknownValue} as long as the document is not known; no statement for what is not
 * a document, which AWS refuses by itself.
 */
export function statementsOf(document: unknown): Statement[] | typeof unknownValue {
  if (!isKnown(document)) {
    return unknownValue;
  }
  const parsed = typeof document === "string" ? parseJson(document) : document;
  const statements = new Map(entriesOf(parsed)).get("Statement");
  if (!isKnown(statements)) {
    return unknownValue;
  }
  return listOf(statements).filter(isKnown).map(normalize);
}

/** The known statements that allow something. */
export function allowing(document: unknown): Statement[] {
  const statements = statementsOf(document);
  return statements === unknownValue ? [] : statements.filter(({ allows }) => allows);
}

function normalize(statement: unknown): Statement {
  const fields = new Map(entriesOf(statement));
  return {
    allows: fields.get("Effect") === "Allow",
    actions: stringsOf(fields.get("Action")),
    resources: stringsOf(fields.get("Resource")),
    principals: principalsOf(fields.get("Principal")),
    excepts: {
      actions: fields.has("NotAction"),
      resources: fields.has("NotResource"),
      principals: fields.has("NotPrincipal"),
    },
    conditions: conditionsOf(fields.get("Condition")),
  };
}

function principalsOf(principal: unknown) {
  if (principal === "*") {
    return [{ type: "AWS", id: "*" }];
  }
  return entriesOf(principal).flatMap(([type, ids]) => stringsOf(ids).map((id) => ({ type, id })));
}

function conditionsOf(block: unknown): Condition[] {
  return entriesOf(block).flatMap(([operator, tests]) =>
    entriesOf(tests).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values),
    })),
  );
}
