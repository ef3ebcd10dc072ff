import { BlockList, isIP } from "node:net";
import { malformedPolicy } from "./malformed";
import { arnMatcher, equalsIgnoreCaseMatcher, equalsMatcher, likeMatcher } from "./text-matchers";
import type { TextMatcher } from "./text-matchers";

/** A condition operator: what it compares, and whether it asks for the opposite. */
export interface Operator {
  /** True for the operators with `Not` in them, which hold when the request lacks the key. */
  negated: boolean;
  /**
   * @param value one value of the policy.
   * @param variables whether the policy's version has variables.
   * @throws AwsError `MalformedPolicyDocument` when the value is none for this operator.
   */
  compile(value: string, variables: boolean): TextMatcher;
}

type Compile = Operator["compile"];
type Compare<T> = (given: T, wanted: T) => boolean;

const numeric = (compare: Compare<number>) => comparison(parseNumber, compare);
const date = (compare: Compare<number>) => comparison(parseDate, compare);

const equal: Compare<number> = (given, wanted) => given === wanted;
const less: Compare<number> = (given, wanted) => given < wanted;
const lessOrEqual: Compare<number> = (given, wanted) => given <= wanted;
const greater: Compare<number> = (given, wanted) => given > wanted;
const greaterOrEqual: Compare<number> = (given, wanted) => given >= wanted;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators = new Map<string, Operator>([
  ...pair("StringEquals", "StringNotEquals", equalsMatcher),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", equalsIgnoreCaseMatcher),
  ...pair("StringLike", "StringNotLike", likeMatcher),
  ...pair("ArnEquals", "ArnNotEquals", arnMatcher),
  ...pair("ArnLike", "ArnNotLike", arnMatcher),
  ...pair("NumericEquals", "NumericNotEquals", numeric(equal)),
  ...single("NumericLessThan", numeric(less)),
  ...single("NumericLessThanEquals", numeric(lessOrEqual)),
  ...single("NumericGreaterThan", numeric(greater)),
  ...single("NumericGreaterThanEquals", numeric(greaterOrEqual)),
  ...pair("DateEquals", "DateNotEquals", date(equal)),
  ...single("DateLessThan", date(less)),
  ...single("DateLessThanEquals", date(lessOrEqual)),
  ...single("DateGreaterThan", date(greater)),
  ...single("DateGreaterThanEquals", date(greaterOrEqual)),
  ...single(
    "Bool",
    comparison(parseBoolean, (given, wanted) => given === wanted),
  ),
  ...single(
    "BinaryEquals",
    comparison(parseBinary, (given, wanted) => given.equals(wanted)),
  ),
  ...pair("IpAddress", "NotIpAddress", addressMatcher),
]);

/** @throws AwsError `MalformedPolicyDocument` when there is no operator of that name. */
export function operatorNamed(name: string): Operator {
  const operator = operators.get(name);
  if (!operator) {
    throw malformedPolicy(`Invalid Condition type : ${name}.`);
  }
  return operator;
}

function pair(name: string, opposite: string, compile: Compile): [string, Operator][] {
  return [...single(name, compile), [opposite, { negated: true, compile }]];
}

function single(name: string, compile: Compile): [string, Operator][] {
  return [[name, { negated: false, compile }]];
}

/** A comparison of parsed values. A value of the request that cannot be parsed is unlike any. */
function comparison<T>(parse: (text: string) => T | undefined, compare: Compare<T>): Compile {
  return (value) => {
    const wanted = parse(value);
    if (wanted === undefined) {
      throw malformedPolicy(`Invalid value in a condition: ${value}`);
    }
    return (text) => {
      const given = parse(text);
      return given === undefined ? undefined : compare(given, wanted);
    };
  };
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Milliseconds since 1970 of an ISO 8601 date, or of seconds since 1970. */
function parseDate(text: string): number | undefined {
  if (/^\d+$/.test(text) && text.length > 4) {
    return Number(text) * 1000;
  }
  const isDate = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text);
  const time = isDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower === "true" : undefined;
}

function parseBinary(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function addressMatcher(value: string): TextMatcher {
  const [address = "", prefix] = value.split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const range = new BlockList();
  try {
    range.addSubnet(address, prefix === undefined ? bits[family] : Number(prefix), family);
  } catch (error) {
    throw malformedPolicy(`Invalid address range in a condition: ${value} (${String(error)})`);
  }
  return (given) => {
    const version = isIP(given);
    return version === 0 ? undefined : range.check(given, version === 6 ? "ipv6" : "ipv4");
  };
}

const bits = { ipv4: 32, ipv6: 128 };
