import type { AlarmActions } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";

/** A change of an alarm's state. */
export interface StateChange {
  oldState: AlarmState;
  newState: AlarmState;
  reason: string;
  at: Date;
}

/** CloudWatch keeps changes for 30 days; here, as many. */
const maxHistory = 100;

/** An alarm of any kind: its state, and how it came about. */
export abstract class StatefulAlarm<Definition extends AlarmActions = AlarmActions> {
  readonly definition: Definition;
  readonly arn: string;
  readonly definedAt: Date;
  readonly #history: StateChange[] = [];
  #state: AlarmState = "INSUFFICIENT_DATA";
  #reason = "Unchecked: Initial alarm creation";
  #changedAt: Date | undefined;

  constructor(definition: Definition, arn: string, now: Date) {
    this.definition = definition;
    this.arn = arn;
    this.definedAt = now;
  }

  /** Its latest changes of state, newest first. */
  get history(): readonly StateChange[] {
    return this.#history.toReversed();
  }

  /** The state, why it is so, and since when; a new alarm has had no other. */
  get state(): { value: AlarmState; reason: string; at: Date | undefined } {
    return { value: this.#state, reason: this.#reason, at: this.#changedAt };
  }

  /** Moves the alarm to a state until it is evaluated again. */
  setState(newState: AlarmState, reason: string, at: Date): StateChange | undefined {
    if (newState === this.#state) {
      return undefined;
    }
    const change = { oldState: this.#state, newState, reason, at };
    this.#state = newState;
    this.#reason = reason;
    this.#changedAt = at;
    this.#history.push(change);
    this.#history.splice(0, this.#history.length - maxHistory);
    return change;
  }
}
