import assert from "node:assert/strict";
import type { Argument, Arguments, Rule } from "../../../provider/rules/rule";

/** One rule of one argument, with a value that it accepts and one that it refuses. */
export interface Example {
  path: string;
  rule: Rule;
  accepted: number | string;
  refused: number | string;
  /** The inputs that give the argument `value`, and nothing else. */
  inputs: (value: unknown) => Record<string, unknown>;
}

type Wrap = (value: unknown) => Record<string, unknown>;

/** An example of every rule in a table; texts that have to match are in {@link samples}. */
export function examplesOf(table: Arguments, prefix = "", wrap: Wrap = same): Example[] {
  return Object.entries(table).flatMap(([name, argument]) =>
    examplesOfArgument(argument, prefix + name, (value) => wrap({ [name]: value })),
  );
}

function same(value: unknown): Record<string, unknown> {
  return value as Record<string, unknown>;
}

function examplesOfArgument(argument: Argument, path: string, inputs: Wrap): Example[] {
  switch (argument.type) {
    case "block":
      return examplesOf(argument.arguments, `${path}.`, inputs);
    case "list":
      return examplesOfArgument(argument.of, `${path}[0]`, (value) => inputs([value]));
    case "map":
      return examplesOfArgument(argument.of, `${path}["key"]`, (value) => inputs({ key: value }));
    case "text":
    case "integer":
    case "decimal":
    case "flag":
      return argument.rules.map((rule) => ({
        path,
        rule,
        inputs,
        accepted: accepted(rule),
        refused: refused(rule),
      }));
    case "any":
    case "computed":
      return [];
  }
}

/** Texts of which each pattern of the tables takes one at least, and refuses another. */
const samples = [
  "name",
  "arn:aws:lambda:eu-west-1:123456789012:function:resize",
  "arn:aws:iam::123456789012:role/worker",
  "alias/name",
  "lambda:InvokeFunction",
  "123456789012",
  "/mnt/files",
  "https://id.example.com",
  "eu-west-1",
  "2030-01-31",
  "2017-01-01_12:00",
  "p99.9",
  "1h30m",
  "10",
  "wrong?",
  ":",
  "no alias",
  "",
  "\n",
  "ä",
];

type Values = { [K in Rule["kind"]]: (rule: Extract<Rule, { kind: K }>) => number | string };

const acceptedValues: Values = {
  oneOf: ({ values }) => values.at(-1) ?? assert.fail("no value is accepted"),
  between: ({ max }) => max,
  atLeast: ({ min }) => min,
  atMost: ({ max }) => max,
  divisibleBy: ({ divisor }) => 2 * divisor,
  length: ({ min, max }) => "x".repeat(max === Infinity ? min : max),
  matches: ({ pattern, what }) => sample(what, (text) => pattern.test(text)),
  excludes: ({ pattern, what }) => sample(what, (text) => !pattern.test(text)),
  arn: () => "arn:aws:s3:::bucket",
  json: () => "{}",
  timestamp: () => "2030-01-31T12:00:00Z",
  either: ({ rules }) => accepted(rules.at(-1) ?? assert.fail("no rule")),
};

const refusedValues: Values = {
  oneOf: ({ values }) => (typeof values[0] === "number" ? 7777 : "Neither"),
  between: ({ max }) => max + 1,
  atLeast: ({ min }) => min - 1,
  atMost: ({ max }) => max + 1,
  divisibleBy: ({ divisor }) => divisor + 1,
  length: ({ max }) => (max === Infinity ? "" : "x".repeat(max + 1)),
  matches: ({ pattern, what }) => sample(what, (text) => !pattern.test(text)),
  excludes: ({ pattern, what }) => sample(what, (text) => pattern.test(text)),
  arn: () => "bucket",
  json: () => "{",
  timestamp: () => "31 January",
  either: ({ rules }) => refused(rules.at(0) ?? assert.fail("no rule")),
};

function accepted(rule: Rule): number | string {
  return (acceptedValues[rule.kind] as (rule: Rule) => number | string)(rule);
}

function refused(rule: Rule): number | string {
  return (refusedValues[rule.kind] as (rule: Rule) => number | string)(rule);
}

function sample(what: string, isFit: (text: string) => boolean): string {
  return samples.find(isFit) ?? assert.fail(`no sample for "${what}"`);
}
