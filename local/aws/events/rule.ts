import { AwsError } from "../aws-error";
import { parseEventPattern, type EventPattern } from "../event-pattern/event-pattern";
import { InvalidPattern } from "../event-pattern/invalid-pattern";
import { readSchedule } from "./schedule-expression";

/** The bus that every account has. */
export const defaultBus = "default";

/** A rule, as PutRule takes it: on a schedule, for what a pattern describes, or both. */
export interface RuleDefinition {
  /** 1–64 of `A–Z a–z 0–9 . - _`. */
  name: string;
  /** Name of its bus. Default: that of the account, which alone has schedules. */
  bus?: string | undefined;
  /** Such as `rate(1 hour)`. */
  scheduleExpression?: string | undefined;
  /** JSON; see {@link parseEventPattern}. */
  eventPattern?: string | undefined;
  enabled: boolean;
  description?: string;
  /** @default none */
  tags?: Readonly<Record<string, string>>;
}

/** Where a rule sends events, as PutTargets takes it: a function or a queue. */
export interface TargetDefinition {
  /** 1–64 of `A–Z a–z 0–9 . - _`; tells apart the targets of a rule. */
  id: string;
  arn: string;
  /** JSON text that the target gets in place of the event. */
  input?: string | undefined;
  /** ARN of a queue for events that the target does not take. Default: they are dropped. */
  deadLetterArn?: string | undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const maxTargets = 5;
const maxInputLength = 8192;

/** A rule and its targets. */
export class Rule {
  readonly arn: string;
  readonly definition: RuleDefinition;
  readonly targets = new Map<string, TargetDefinition>();
  readonly #periodMs: number | undefined;
  readonly #pattern: EventPattern | undefined;
  #dueAt: number;

  /** @throws AwsError `ValidationException`, `InvalidEventPatternException`. */
  constructor(definition: RuleDefinition, arn: string, now: Date) {
    const { bus = defaultBus, scheduleExpression, eventPattern } = definition;
    checkName("name", definition.name);
    if (scheduleExpression === undefined && eventPattern === undefined) {
      throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (scheduleExpression !== undefined && bus !== defaultBus) {
      throw invalid("ScheduleExpression is supported only on the default event bus.");
    }
    this.definition = definition;
    this.arn = arn;
    this.#periodMs =
      scheduleExpression === undefined ? undefined : readSchedule(scheduleExpression);
    this.#pattern = eventPattern === undefined ? undefined : readPattern(eventPattern);
    this.#dueAt = now.getTime() + (this.#periodMs ?? Number.POSITIVE_INFINITY);
  }

  /** Milliseconds since 1970 of the next event; never when there is none, or the rule is disabled. */
  get dueAt(): number {
    return this.definition.enabled ? this.#dueAt : Number.POSITIVE_INFINITY;
  }

  /** Whether it is for an event that was put on its bus. */
  matches(event: unknown): boolean {
    return this.definition.enabled && (this.#pattern?.(event) ?? false);
  }

  /** Plans the event after the one that is due. Those that a sleeping machine has missed are left out. */
  advance(now: Date): void {
    const periodMs = this.#periodMs ?? Number.POSITIVE_INFINITY;
    const periods = Math.floor((now.getTime() - this.#dueAt) / periodMs) + 1;
    this.#dueAt += periods * periodMs;
  }

  /** @throws AwsError `ValidationException`, `LimitExceededException`. */
  putTarget(target: TargetDefinition): void {
    checkName("targets.1.member.id", target.id);
    checkInput(target.input);
    if (!this.targets.has(target.id) && this.targets.size === maxTargets) {
      throw new AwsError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
    }
    this.targets.set(target.id, target);
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const maxPatternLength = 4096;

/** @throws AwsError `InvalidEventPatternException`, `ValidationException`. */
export function readPattern(text: string): EventPattern {
  if (text.length > maxPatternLength) {
    throw invalid(
      `1 validation error detected: Value at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${maxPatternLength}`,
    );
  }
  try {
    return parseEventPattern(text, "bus");
  } catch (error) {
    throw error instanceof InvalidPattern
      ? new AwsError(
          "InvalidEventPatternException",
          `Event pattern is not valid. Reason: ${error.message}`,
        )
      : error;
  }
}

function checkName(member: string, name: string): void {
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+ and have length less than or equal to 64`,
    );
  }
}

function checkInput(input = "{}"): void {
  if (input.length > maxInputLength) {
    throw invalid("Parameter Input is too long.");
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw invalid(`JSON syntax error in input: ${String(error)}`);
  }
}

/** What EventBridge refuses most things with. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** @param parameter its name, or what was given for it. */
export function invalidArn(parameter: string): AwsError {
  return invalid(
    `Parameter ${parameter} is not valid. Reason: Provided Arn is not in correct format.`,
  );
}
