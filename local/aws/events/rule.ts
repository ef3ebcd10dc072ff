import { AwsError } from "../aws-error";
import { readSchedule } from "./schedule-expression";

/** A scheduled rule, as PutRule takes it. */
export interface RuleDefinition {
  /** 1–64 of `A–Z a–z 0–9 . - _`. */
  name: string;
  /** Such as `rate(1 hour)`. */
  scheduleExpression: string;
  enabled: boolean;
  description?: string;
}

/** A function that a rule invokes, as PutTargets takes it. */
export interface TargetDefinition {
  /** 1–64 of `A–Z a–z 0–9 . - _`; tells apart the targets of a rule. */
  id: string;
  functionArn: string;
  /** JSON text that the function gets in place of the event. */
  input?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const maxTargets = 5;
const maxInputLength = 8192;

/** A rule and its targets. */
export class Rule {
  readonly arn: string;
  readonly definition: RuleDefinition;
  readonly targets = new Map<string, TargetDefinition>();
  readonly #periodMs: number;
  #dueAt: number;

  /** @throws AwsError `ValidationException` for a definition that EventBridge refuses. */
  constructor(definition: RuleDefinition, arn: string, now: Date) {
    checkName("name", definition.name);
    this.definition = definition;
    this.arn = arn;
    this.#periodMs = readSchedule(definition.scheduleExpression);
    this.#dueAt = now.getTime() + this.#periodMs;
  }

  /** Milliseconds since 1970 of the next event; never when the rule is disabled. */
  get dueAt(): number {
    return this.definition.enabled ? this.#dueAt : Number.POSITIVE_INFINITY;
  }

  /** Plans the event after the one that is due. Those that a sleeping machine has missed are left out. */
  advance(now: Date): void {
    const periods = Math.floor((now.getTime() - this.#dueAt) / this.#periodMs) + 1;
    this.#dueAt += periods * this.#periodMs;
  }

  /** @throws AwsError `ValidationException`, `LimitExceededException`. */
  putTarget(target: TargetDefinition): void {
    checkName("targets.1.member.id", target.id);
    checkInput(target.input);
    if (!this.targets.has(target.id) && this.targets.size === maxTargets) {
      throw new AwsError(
        "LimitExceededException",
        `The requested resource exceeds the maximum number allowed: ${maxTargets} targets per rule.`,
      );
    }
    this.targets.set(target.id, target);
  }
}

function checkName(member: string, name: string): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+ and have length less than or equal to 64`,
    );
  }
}

function checkInput(input = "{}"): void {
  if (input.length > maxInputLength) {
    throw new AwsError("ValidationException", "Parameter Input is too long.");
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError("ValidationException", `JSON syntax error in input: ${String(error)}`);
  }
}
