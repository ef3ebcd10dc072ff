import { isGiven, isSet, isUnknown } from "./given";
import { shown } from "./check-value";
import type { Condition, Given, Relation, Requirement } from "./rule";

/** What is wrong with arguments of one block by what they have to do with each other. */
export function brokenRelations(relation: Relation, given: Given, prefix: string): string[] {
  const quoted = (names: readonly string[]) => quote(names, prefix);
  switch (relation.kind) {
    case "conflictsWith": {
      const { argument, others } = relation;
      const conflicting = others.filter((other) => isKnown(given, other));
      return isKnown(given, argument) && conflicting.length > 0
        ? [`"${prefix}${argument}" conflicts with ${quoted(conflicting)}`]
        : [];
    }
    case "exactlyOneOf": {
      const present = relation.arguments.filter((name) => isKnown(given, name));
      if (present.length > 1) {
        const all = quoted(relation.arguments);
        return [`only one of ${all} can be given, but ${quoted(present)} are`];
      }
      return noneGiven(relation.arguments, given, prefix);
    }
    case "atLeastOneOf":
      return noneGiven(relation.arguments, given, prefix);
    case "requiredWith": {
      const absent = relation.others.filter((name) => !isGiven(given[name]));
      return isKnown(given, relation.argument) && absent.length > 0
        ? [`"${prefix}${relation.argument}" also needs ${quoted(absent)}`]
        : [];
    }
    case "inCase":
      return applies(relation.when, given)
        ? relation.then.flatMap((requirement) => unmet(requirement, given, prefix))
        : [];
    case "custom":
      return [...relation.find(given)];
  }
}

function noneGiven(names: readonly string[], given: Given, prefix: string): string[] {
  return names.some((name) => isGiven(given[name]))
    ? []
    : [`one of ${quote(names, prefix)} must be given`];
}

function quote(names: readonly string[], prefix: string): string {
  return names.map((name) => `"${prefix}${name}"`).join(", ");
}

/** As the provider, which does not hold an unknown value against a resource: it may turn out null. */
function isKnown(given: Given, name: string): boolean {
  return isGiven(given[name]) && !isUnknown(given[name]);
}

function applies({ argument, is, isNot, otherwise }: Condition, given: Given): boolean {
  const value = isGiven(given[argument]) ? given[argument] : otherwise;
  return !isUnknown(value) && (is?.includes(value) ?? !isNot?.includes(value));
}

/** An argument may be named along with one that stands in for it: `statistic|extendedStatistic`. */
function unmet({ argument, must, because }: Requirement, given: Given, prefix: string): string[] {
  const names = argument.split("|");
  const set = names.filter((name) => isSet(given[name]));
  if (must === "be given") {
    return set.length > 0
      ? []
      : [`${quote(names, prefix).replace(", ", " or ")} must be given when ${because}`];
  }
  return set
    .filter((name) => !isUnknown(given[name]))
    .map(
      (name) => `"${prefix}${name}" can not be given when ${because}, got ${shown(given[name])}`,
    );
}
