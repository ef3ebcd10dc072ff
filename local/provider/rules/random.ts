import {
  atLeast,
  anything,
  custom,
  flag,
  integer,
  list,
  map,
  required,
  text,
  typeRules,
} from "./rule";
import { isGiven, isUnknown } from "./given";
import type { Arguments, Given, RulesByType } from "./rule";

const keepers = map();

const textArguments: Arguments = {
  keepers,
  length: required(integer(atLeast(1))),
  lower: flag(),
  minLower: integer(),
  minNumeric: integer(),
  minSpecial: integer(),
  minUpper: integer(),
  number: flag(),
  numeric: flag(),
  overrideSpecial: text(),
  special: flag(),
  upper: flag(),
};

const textRules = typeRules(
  textArguments,
  custom(tooManyLeast),
  custom(nothingToDrawFrom),
  custom(differentNumbers),
);

const uuidRules = typeRules({ keepers });

/** What the provider of the package `random` accepts. */
export const randomRules: RulesByType = {
  "random:index/randomBytes:RandomBytes": typeRules({
    keepers,
    length: required(integer(atLeast(1))),
  }),
  "random:index/randomId:RandomId": typeRules({
    // The provider breaks off at a number below.
    byteLength: required(integer(atLeast(1))),
    keepers,
    prefix: text(),
  }),
  "random:index/randomInteger:RandomInteger": typeRules(
    { keepers, max: required(integer()), min: required(integer()), seed: text() },
    custom(minAboveMax),
  ),
  "random:index/randomPassword:RandomPassword": textRules,
  "random:index/randomPet:RandomPet": typeRules({
    keepers,
    length: integer(),
    prefix: text(),
    separator: text(),
  }),
  "random:index/randomShuffle:RandomShuffle": typeRules({
    inputs: required(list(anything())),
    keepers,
    resultCount: integer(),
    seed: text(),
  }),
  "random:index/randomString:RandomString": textRules,
  "random:index/randomUuid:RandomUuid": uuidRules,
  "random:index/randomUuid4:RandomUuid4": uuidRules,
  "random:index/randomUuid7:RandomUuid7": uuidRules,
};

const least = ["minUpper", "minLower", "minNumeric", "minSpecial"];

function tooManyLeast(given: Given): string[] {
  if ([given.length, ...least.map((name) => given[name])].some(isUnknown)) {
    return [];
  }
  const sum = least.reduce((total, name) => total + Number(given[name] ?? 0), 0);
  return Number(given.length) < sum
    ? [
        `expected length to be at least the sum of ${least.join(", ")}, ${sum}, got ${String(given.length)}`,
      ]
    : [];
}

function nothingToDrawFrom(given: Given): string[] {
  const numbers = given.numeric ?? given.number;
  const all = [numbers, given.upper, given.lower, given.special];
  return all.every((wanted) => wanted === false)
    ? ["at least one of numeric, upper, lower and special must be true"]
    : [];
}

function differentNumbers({ number, numeric }: Given): string[] {
  const areKnown = [number, numeric].every((value) => isGiven(value) && !isUnknown(value));
  return areKnown && number !== numeric
    ? ['"number" and "numeric" are both given, with different values; give "numeric" alone']
    : [];
}

function minAboveMax({ min, max }: Given): string[] {
  return typeof min === "number" && typeof max === "number" && max < min
    ? [`expected min to be at most max (${max}), got ${min}`]
    : [];
}
