import { namesCallers } from "./caller-keys";
import {
  type Condition,
  hasOperator,
  isAmong,
  type Statement,
  statementsOf,
} from "./policy-document";
import type { Block } from "./resource";
import { allOf, anyOf, not, type Truth } from "./truth";
import { textOf, unknownValue } from "./values";

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

/** Types of principals of which AWS takes no `*`, so that one that is not known yet is somebody. */
const typesOfSomebody: ReadonlySet<unknown> = new Set(["Service", "Federated", "CanonicalUser"]);

/**
 * The statements of the policy at a path by which anybody may do something that no other one denies.
 * Where there may be more, depending on what is not known yet, that is told.
 */
export function openStatementsAt(holder: Block, ...path: string[]): Statement[] {
  const document = holder.declared(...path);
  if (mayBeOpen(document)) {
    holder.tellUnknown(...path);
  }
  return openStatements(document);
}

/** The statements of a policy that are known to let anybody do something that no other one denies. */
export function openStatements(document: unknown): Statement[] {
  return judged(document, true);
}

/** Whether a policy has statements of which it is not known yet whether they let anybody in. */
export function mayBeOpen(document: unknown): boolean {
  return judged(document, unknownValue).length > 0;
}

/** What statements allow, as a problem of the resource whose policy they are in. */
export function anyoneProblem(open: readonly Statement[]): string {
  const actions = [...new Set(open.flatMap((statement) => statement.actions))].map(textOf);
  return `lets anybody do ${actions.join(", ") || "all but a few actions"}`;
}

function judged(document: unknown, verdict: Truth): Statement[] {
  const statements = statementsOf(document);
  // That a statement may turn out to be a denial does not hide what another one allows.
  const denials = statements.filter(({ allows }) => allows === false);
  return statements.filter((statement) => isOpen(statement, denials) === verdict);
}

function isOpen(statement: Statement, denials: readonly Statement[]): Truth {
  return allOf([
    statement.allows,
    isAboutAnyone(statement),
    not(anyOf(statement.conditions.map(selectsCallers))),
    not(anyOf(denials.map((one) => allOf([deniesStrangers(one), covers(one, statement)])))),
  ]);
}

function isAboutAnyone({ principals, excepts }: Statement): Truth {
  return anyOf([excepts.principals, isAnyone(principals)]);
}

function isAnyone(principals: Statement["principals"]): Truth {
  return anyOf(
    principals.map(({ type, id }) =>
      id === unknownValue && !typesOfSomebody.has(type) ? unknownValue : id === "*",
    ),
  );
}

function selectsCallers(condition: Condition): Truth {
  return allOf([hasOperator(condition, selective), namesCallers(condition.key, condition.values)]);
}

/** Whether the statement denies something to all but known callers. */
function deniesStrangers({ principals, conditions }: Statement): Truth {
  return allOf([
    isAnyone(principals),
    anyOf(conditions.map(exceptsCallers)),
    ...conditions.map((one) => anyOf([exceptsCallers(one), isAboutServices(one)])),
  ]);
}

function exceptsCallers(condition: Condition): Truth {
  return allOf([hasOperator(condition, excluding), namesCallers(condition.key, condition.values)]);
}

function isAboutServices({ key }: Condition): Truth {
  return key === unknownValue ? unknownValue : serviceKeys.includes(key);
}

function covers(denial: Statement, { actions, resources }: Statement): Truth {
  return allOf([
    actions.length > 0,
    ...actions.map((action) => isAmong(action, denial.actions)),
    not(denial.excepts.resources),
    // Policies such as those of trust name no resources.
    denial.resources.length === 0 ||
      allOf(resources.map((resource) => isAmong(resource, denial.resources))),
  ]);
}
