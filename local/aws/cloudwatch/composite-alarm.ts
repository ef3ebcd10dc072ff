import type { AlarmActions } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";
import { alarmsOf, type CompositeRule, holds, parseRule } from "./composite-rule";
import { type StateChange, StatefulAlarm, type StateReason } from "./stateful-alarm";
import { longTime, timestamp } from "./timestamp";
import { validateActions } from "./validate-alarm";

/**
 * An alarm on other alarms, as PutCompositeAlarm takes it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export interface CompositeDefinition extends AlarmActions {
  /** Such as `ALARM("errors") OR ALARM("throttles")`. */
  rule: string;
}

/** A child that has changed a composite alarm, and its state at that time. */
export interface Child {
  arn: string;
  state: StatefulAlarm["state"];
}

/** An alarm whose state follows from those of others. */
export class CompositeAlarm extends StatefulAlarm<CompositeDefinition> {
  readonly #rule: CompositeRule;
  #triggers: readonly Child[] = [];

  /** @throws AwsError `ValidationError` for a definition that CloudWatch refuses. */
  constructor(definition: CompositeDefinition, arn: string, now: Date) {
    validateActions(definition);
    const rule = parseRule(definition.rule);
    super(definition, arn, now);
    this.#rule = rule;
  }

  /** The names or ARNs of its children, as the rule has them. */
  get children(): string[] {
    return [...new Set(alarmsOf(this.#rule))];
  }

  /** The children that its last change of state came from; none where somebody has set it. */
  get triggers(): readonly Child[] {
    return this.#triggers;
  }

  /**
   * Moves the alarm to the state that its children tell: it has data as soon as it is looked at, as
   * INSUFFICIENT_DATA of a child is a state like any other.
   *
   * @param stateOf a child, by the name or ARN that the rule has.
   * @param trigger the child that has changed; none when the alarm is new.
   */
  evaluate(
    stateOf: (alarm: string) => AlarmState,
    trigger: StatefulAlarm | undefined,
    now: Date,
  ): StateChange | undefined {
    const state = holds(this.#rule, stateOf) ? "ALARM" : "OK";
    if (state === this.state.value) {
      return undefined;
    }
    this.#triggers = trigger ? [{ arn: trigger.arn, state: trigger.state }] : [];
    const reason = { reason: this.#reason(state, now), reasonData: reasonData(this.#triggers) };
    return super.setState(state, reason, now);
  }

  override setState(newState: AlarmState, reason: StateReason, at: Date): StateChange | undefined {
    const change = super.setState(newState, reason, at);
    if (change) {
      this.#triggers = [];
    }
    return change;
  }

  #reason(state: string, now: Date): string {
    const [trigger] = this.#triggers;
    return trigger
      ? `${trigger.arn} transitioned to ${trigger.state.value} at ${longTime(trigger.state.at ?? now)}`
      : `${this.arn} was created and its alarm rule evaluates to ${state}`;
  }
}

function reasonData(triggers: readonly Child[]): string {
  const triggeringAlarms = triggers.map(({ arn, state: { value, at } }) => ({
    arn,
    state: { value, timestamp: at && timestamp(at) },
  }));
  return JSON.stringify({ triggeringAlarms });
}
