import type { AlarmActions } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";

/** Why an alarm is in a state. */
export interface StateReason {
  reason: string;
  /** The same for programs, if there is more to say: JSON text of an object. */
  reasonData: string | undefined;
}

/** A change of an alarm's state. */
export interface StateChange extends StateReason {
  oldState: AlarmState;
  /** Why it was in the old state. */
  oldReason: StateReason;
  newState: AlarmState;
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
  #reason: StateReason = {
    reason: "Unchecked: Initial alarm creation",
    reasonData: undefined,
  };
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
  get state(): StateReason & { value: AlarmState; at: Date | undefined } {
    return { ...this.#reason, value: this.#state, at: this.#changedAt };
  }

  /** Moves the alarm to a state until it is evaluated again. */
  setState(newState: AlarmState, reason: StateReason, at: Date): StateChange | undefined {
    if (newState === this.#state) {
      return undefined;
    }
    const change = { oldState: this.#state, oldReason: this.#reason, newState, ...reason, at };
    this.#state = newState;
    this.#reason = reason;
    this.#changedAt = at;
    this.#history.push(change);
    this.#history.splice(0, this.#history.length - maxHistory);
    return change;
  }
}
