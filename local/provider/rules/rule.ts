/*
 * What the tables of rules are made of. A table says of every argument of a resource type what
 * Pulumi's AWS provider accepts, by the names of `@pulumi/aws`; `check.ts` reads it.
 */

/** What one value has to be. */
export type Rule =
  | { kind: "oneOf"; values: readonly (number | string)[] }
  /** Inclusive. */
  | { kind: "between"; min: number; max: number }
  | { kind: "atLeast"; min: number }
  | { kind: "atMost"; max: number }
  | { kind: "divisibleBy"; divisor: number }
  /** Bytes in UTF-8, inclusive. */
  | { kind: "length"; min: number; max: number }
  /** `what` ends the sentence "… must …". */
  | { kind: "matches"; pattern: RegExp; what: string }
  | { kind: "excludes"; pattern: RegExp; what: string }
  /** Empty counts as none given. */
  | { kind: "arn" }
  /** `isRequired` refuses the empty text. */
  | { kind: "json"; isRequired: boolean }
  /** As RFC 3339 writes it. */
  | { kind: "timestamp" }
  /** One of these must hold. */
  | { kind: "either"; rules: readonly Rule[] };

/** What arguments of one block have to do with each other, by their paths in it. */
export type Relation =
  /** `argument` excludes each of `others`. */
  | { kind: "conflictsWith"; argument: string; others: readonly string[] }
  | { kind: "exactlyOneOf"; arguments: readonly string[] }
  | { kind: "atLeastOneOf"; arguments: readonly string[] }
  /** `argument` is given only along with all of `others`. */
  | { kind: "requiredWith"; argument: string; others: readonly string[] }
  /** In the case `when`, `then` has to be so. */
  | { kind: "inCase"; when: Condition; then: readonly Requirement[] }
  /** What no other kind can say; the problems that it finds, as sentences. */
  | { kind: "custom"; find: (given: Given) => readonly string[] };

/** Arguments as they are given; {@link isUnknown} tells those that are not known yet. */
export type Given = Readonly<Record<string, unknown>>;

/** `argument` is (or is not) one of `values`; one that is not given counts as `otherwise`. */
export interface Condition {
  argument: string;
  is?: readonly unknown[];
  isNot?: readonly unknown[];
  otherwise?: unknown;
}

/** That an argument is given, or is not, and why. */
export interface Requirement {
  argument: string;
  must: "be given" | "not be given";
  because: string;
}

interface Common {
  required?: boolean;
}

export type Argument =
  | (Common & { type: "text" | "integer" | "decimal" | "flag"; rules: readonly Rule[] })
  | (Common & { type: "list"; of: Argument; min: number; max: number })
  | (Common & { type: "map"; of: Argument; keys: readonly Rule[] })
  | (Common & { type: "block"; arguments: Arguments; relations: readonly Relation[] })
  /** Whatever it is, such as an archive: the provider looks no closer. */
  | (Common & { type: "any" })
  /** An output that the SDK's types take for an argument, too. */
  | (Common & { type: "computed" });

export type Arguments = Readonly<Record<string, Argument>>;

/** The rules of a resource type. */
export interface TypeRules {
  arguments: Arguments;
  relations: readonly Relation[];
}

/** Rules by resource type, such as `aws:s3/bucket:Bucket`. */
export type RulesByType = Readonly<Record<string, TypeRules>>;

export const typeRules = (types: Arguments, ...relations: Relation[]): TypeRules => ({
  arguments: types,
  relations,
});
/** Of a type of which each resource can be given a region of its own. */
export const regional = (types: Arguments, ...relations: Relation[]): TypeRules =>
  typeRules({ region: text(), ...types }, ...relations);

export const text = (...rules: Rule[]): Argument => ({ type: "text", rules });
export const integer = (...rules: Rule[]): Argument => ({ type: "integer", rules });
export const decimal = (...rules: Rule[]): Argument => ({ type: "decimal", rules });
export const flag = (): Argument => ({ type: "flag", rules: [] });
export const anything = (): Argument => ({ type: "any" });
export const computed = (): Argument => ({ type: "computed" });
export const list = (
  of: Argument,
  { min = 0, max = Infinity }: { min?: number; max?: number } = {},
): Argument => ({ type: "list", of, min, max });
export const map = (of: Argument = text(), ...keys: Rule[]): Argument => ({
  type: "map",
  of,
  keys,
});
export const block = (types: Arguments, ...relations: Relation[]): Argument => ({
  type: "block",
  arguments: types,
  relations,
});
export const required = (argument: Argument): Argument => ({ ...argument, required: true });

export const oneOf = (...values: (number | string)[]): Rule => ({ kind: "oneOf", values });
export const between = (min: number, max: number): Rule => ({ kind: "between", min, max });
export const atLeast = (min: number): Rule => ({ kind: "atLeast", min });
export const atMost = (max: number): Rule => ({ kind: "atMost", max });
export const divisibleBy = (divisor: number): Rule => ({ kind: "divisibleBy", divisor });
export const length = (min: number, max = Infinity): Rule => ({ kind: "length", min, max });
export const matches = (pattern: RegExp, what: string): Rule => ({
  kind: "matches",
  pattern,
  what,
});
export const excludes = (pattern: RegExp, what: string): Rule => ({
  kind: "excludes",
  pattern,
  what,
});
export const arn = (): Rule => ({ kind: "arn" });
export const json = (): Rule => ({ kind: "json", isRequired: false });
/** JSON that may not be empty, as IAM's documents. */
export const document = (): Rule => ({ kind: "json", isRequired: true });
export const timestamp = (): Rule => ({ kind: "timestamp" });
export const either = (...rules: Rule[]): Rule => ({ kind: "either", rules });
/** Not empty. */
export const nonEmpty = (): Rule => length(1);
export const accountId = (): Rule => matches(/^\d{12}$/, "be an account id of 12 digits");

export const conflicts = (argument: string, ...others: string[]): Relation => ({
  kind: "conflictsWith",
  argument,
  others,
});
export const exactlyOneOf = (...names: string[]): Relation => ({
  kind: "exactlyOneOf",
  arguments: names,
});
export const atLeastOneOf = (...names: string[]): Relation => ({
  kind: "atLeastOneOf",
  arguments: names,
});
export const requires = (argument: string, ...others: string[]): Relation => ({
  kind: "requiredWith",
  argument,
  others,
});
export const inCase = (when: Condition, ...then: Requirement[]): Relation => ({
  kind: "inCase",
  when,
  then,
});
export const custom = (find: (given: Given) => readonly string[]): Relation => ({
  kind: "custom",
  find,
});
