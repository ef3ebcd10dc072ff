import { namesCallers } from "./caller-keys";
import { matchesAny } from "./pattern";
import { type Condition, type Statement, statementsOf } from "./policy-document";
import { unknownValue } from "./values";

/**
 * Operators that hold only for a value that is there and is one of those listed: not the negated
 * ones, nor those ending in `IfExists` or beginning with `ForAllValues:`, which hold without a value.
 */
const selective =
  /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike|IpAddress|Bool)$/i;

/** Their opposites, which hold for whoever is not listed; those that end in `IfExists`, too. */
const excluding =
  /^(ForAllValues:)?(StringNotEquals(IgnoreCase)?|StringNotLike|ArnNotEquals|ArnNotLike|NotIpAddress)(IfExists)?$/i;

/** Keys by which a denial spares what AWS's services do for the caller. */
const serviceKeys: readonly string[] = ["aws:viaawsservice", "aws:principalisawsservice"];

/** Whether the statement allows something to whoever asks. */
function allowsAnyone(statement: Statement): boolean {
  return statement.allows && isAboutAnyone(statement) && !statement.conditions.some(selectsCallers);
}

/** The known statements of a policy by which anybody may do something that no other one denies. */
export function openStatements(document: unknown): Statement[] {
  const statements = statementsOf(document);
  if (statements === unknownValue) {
    return [];
  }
  const denials = statements.filter(deniesStrangers);
  return statements.filter(
    (statement) => allowsAnyone(statement) && !denials.some((denial) => covers(denial, statement)),
  );
}

/** What statements allow, as a problem of the resource whose policy they are in. */
export function anyoneProblem(open: readonly Statement[]): string {
  const actions = [...new Set(open.flatMap((statement) => statement.actions))].join(", ");
  return `lets anybody do ${actions || "all but a few actions"}`;
}

function isAboutAnyone({ principals, excepts }: Statement): boolean {
  return excepts.principals || principals.some(({ id }) => id === "*");
}

function selectsCallers({ operator, key, values }: Condition): boolean {
  return selective.test(operator) && namesCallers(key, values);
}

/** Whether the statement denies something to all but known callers. */
function deniesStrangers({ allows, principals, conditions }: Statement): boolean {
  return (
    !allows &&
    principals.some(({ id }) => id === "*") &&
    conditions.some(exceptsCallers) &&
    conditions.every((one) => exceptsCallers(one) || serviceKeys.includes(one.key))
  );
}

function exceptsCallers({ operator, key, values }: Condition): boolean {
  return excluding.test(operator) && namesCallers(key, values);
}

function covers(denial: Statement, { actions, resources }: Statement): boolean {
  return (
    actions.length > 0 &&
    actions.every((action) => matchesAny(action, denial.actions)) &&
    // What is not known yet may be what is denied.
    (denial.resources.length === 0 ||
      resources.every((resource) => matchesAny(resource, denial.resources)))
  );
}
