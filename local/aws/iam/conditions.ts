import { knownKey } from "./condition-keys";
import type { Context } from "./context";
import { malformedPolicy } from "./malformed";
import { operatorNamed } from "./operators";
import { matchesAny } from "./text-matchers";
import type { ConditionValue, PolicyStatement } from "./types";

/**
 * One key of one operator.
 *
 * @param whenUnknown the result when it cannot be told, since a variable has no value or a key that
 * is compared as one has several: false in an `Allow` and true in a `Deny`, so that nothing is
 * allowed by guess.
 */
export type Condition = (context: Context, whenUnknown: boolean) => boolean;

/**
 * Compiles a `Condition` element; all of the results must hold.
 *
 * @param variables whether the policy's version has variables.
 * @throws AwsError `MalformedPolicyDocument` for an operator, key or value that is unknown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileConditions(
  block: NonNullable<PolicyStatement["Condition"]>,
  variables: boolean,
): Condition[] {
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) =>
      compileCondition(operator, knownKey(key), textsOf(value), variables),
    ),
  );
}

function textsOf(value: ConditionValue | ConditionValue[]): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function compileCondition(
  name: string,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition {
  if (name === "Null") {
    return nullCondition(key, values);
  }
  const [, quantifier, base = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const operator = operatorNamed(base);
  const matchers = values.map((value) => operator.compile(value, variables));
  // With a quantifier a missing key is an empty set, whatever the operator.
  const whenMissing =
    ifExists !== undefined ||
    (quantifier === undefined ? operator.negated : quantifier === "ForAllValues");
  return (context, whenUnknown) => {
    const given = context.get(key);
    if (!given) {
      return whenMissing;
    }
    const holds = (value: string) => {
      const verdict = matchesAny(matchers, value, context);
      return operator.negated ? negate(verdict, whenUnknown) : verdict === true;
    };
    if (quantifier !== undefined) {
      return quantifier === "ForAllValues" ? given.every(holds) : given.some(holds);
    }
    return given.length === 1 ? given.every(holds) : whenUnknown;
  };
}

/** The opposite of a verdict. */
export function negate(verdict: boolean | undefined, whenUnknown: boolean): boolean {
  return verdict === undefined ? whenUnknown : !verdict;
}

function nullCondition(key: string, values: readonly string[]): Condition {
  const wanted = values.map((value) => value.toLowerCase());
  if (wanted.some((value) => value !== "true" && value !== "false")) {
    throw malformedPolicy("The values of a Null condition are true and false.");
  }
  return (context) => wanted.includes(String(context.get(key) === undefined));
}
