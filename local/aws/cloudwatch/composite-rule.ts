import { AwsError } from "../aws-error";
import type { AlarmState } from "./alarm-state";
import { demand } from "./demand";

/** The rule of a composite alarm: what has to hold of other alarms. */
export type CompositeRule =
  | { kind: "constant"; value: boolean }
  | { kind: "state"; state: AlarmState; alarm: string }
  | { kind: "not"; rule: CompositeRule }
  | { kind: "and" | "or"; rules: readonly CompositeRule[] }
  | { kind: "atLeast"; threshold: Threshold; rules: readonly CompositeRule[] };

interface Threshold {
  amount: number;
  /** Whether the amount is a part of all. */
  isPercent: boolean;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const maxLength = 10_240;
const maxAlarms = 100;
const maxElements = 500;

const states: readonly AlarmState[] = ["ALARM", "OK", "INSUFFICIENT_DATA"];

/**
 * Reads an alarm rule. What it is made of:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 *
 * @throws AwsError `ValidationError`.
 */
export function parseRule(text: string): CompositeRule {
  demand(text.length <= maxLength, `AlarmRule must have ${maxLength} characters at most`);
  const parser = new RuleParser(text);
  const rule = parser.all();
  const alarms = new Set(alarmsOf(rule)).size;
  demand(alarms <= maxAlarms, `AlarmRule must have ${maxAlarms} alarms at most, not ${alarms}`);
  demand(
    parser.elements <= maxElements,
    `AlarmRule must have ${maxElements} elements at most, not ${parser.elements}`,
  );
  return rule;
}

/** The names or ARNs of the alarms that a rule refers to, in its order. */
export function alarmsOf(rule: CompositeRule): string[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [rule.alarm];
    case "not":
      return alarmsOf(rule.rule);
    case "and":
    case "or":
    case "atLeast":
      return rule.rules.flatMap(alarmsOf);
  }
}

/** @param stateOf an alarm, by the name or ARN that the rule has. */
export function holds(rule: CompositeRule, stateOf: (alarm: string) => AlarmState): boolean {
  const isTrue = (one: CompositeRule) => holds(one, stateOf);
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm) === rule.state;
    case "not":
      return !isTrue(rule.rule);
    case "and":
      return rule.rules.every(isTrue);
    case "or":
      return rule.rules.some(isTrue);
    case "atLeast": {
      const { amount, isPercent } = rule.threshold;
      const needed = isPercent ? (amount / 100) * rule.rules.length : amount;
      return rule.rules.filter(isTrue).length >= needed;
    }
  }
}

class RuleParser {
  readonly #text: string;
  #at = 0;
  /** Alarms, constants and pairs of parentheses. */
  elements = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): CompositeRule {
    const rule = this.#any();
    if (this.#at < this.#text.trimEnd().length) {
      throw this.#unexpected();
    }
    return rule;
  }

  /** AND binds more than OR. */
  #any(): CompositeRule {
    return this.#joined("or", "OR", () => this.#joined("and", "AND", () => this.#single()));
  }

  #joined(kind: "and" | "or", word: string, next: () => CompositeRule): CompositeRule {
    const first = next();
    const rules = [first];
    while (this.#take(new RegExp(`${word}\\b`, "y"))) {
      rules.push(next());
    }
    return rules.length === 1 ? first : { kind, rules };
  }

  #single(): CompositeRule {
    if (this.#take(/NOT\b/y)) {
      return { kind: "not", rule: this.#single() };
    }
    this.elements += 1;
    const constant = this.#take(/(TRUE|FALSE)\b/y)?.[1];
    if (constant !== undefined) {
      return { kind: "constant", value: constant === "TRUE" };
    }
    if (this.#take(/\(/y)) {
      const inner = this.#any();
      this.#require(/\)/y);
      return inner;
    }
    if (this.#take(/AT_LEAST\s*\(/y)) {
      return this.#atLeast();
    }
    const state = this.#state();
    this.#require(/\(/y);
    const alarm = this.#alarm();
    this.#require(/\)/y);
    return { kind: "state", state, alarm };
  }

  /** What follows `AT_LEAST(`: how many, of which state, and the alarms. */
  #atLeast(): CompositeRule {
    const [, amount = "", sign] = this.#require(/(\d+)(%?)/y);
    this.#require(/,/y);
    const isNot = this.#take(/NOT\b/y) !== undefined;
    const state = this.#state();
    this.#require(/,/y);
    this.#require(/\(/y);
    const rules: CompositeRule[] = [];
    do {
      const rule: CompositeRule = { kind: "state", state, alarm: this.#alarm() };
      rules.push(isNot ? { kind: "not", rule } : rule);
    } while (this.#take(/,/y));
    this.#require(/\)/y);
    this.#require(/\)/y);
    const threshold = { amount: Number(amount), isPercent: sign === "%" };
    return { kind: "atLeast", threshold, rules };
  }

  #state(): AlarmState {
    const state = states.find((one) => this.#take(new RegExp(`${one}\\b`, "y")));
    if (!state) {
      throw this.#unexpected();
    }
    return state;
  }

  /** A name or an ARN, in quotes or not. */
  #alarm(): string {
    const quoted = this.#take(/"([^"]+)"/y)?.[1];
    return quoted ?? this.#require(/[^"(),]+/y)[0].trim();
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const space = /\s*/y;
    space.lastIndex = this.#at;
    space.exec(this.#text);
    pattern.lastIndex = space.lastIndex;
    const found = pattern.exec(this.#text);
    if (found) {
      this.#at = pattern.lastIndex;
    }
    return found ?? undefined;
  }

  #require(pattern: RegExp): RegExpExecArray {
    const found = this.#take(pattern);
    if (!found) {
      throw this.#unexpected();
    }
    return found;
  }

  #unexpected(): AwsError {
    const rest = this.#text.slice(this.#at).trim();
    return new AwsError(
      "ValidationError",
      `AlarmRule has a syntax error before ${rest === "" ? "its end" : rest.slice(0, 40)}`,
    );
  }
}
