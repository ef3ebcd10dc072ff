import type { Violation } from "./policy-types";

const undecided =
  /^can't run (?:policy|remediation) '[^']*' from policy pack '[^']*' during preview: /m;

/** What a policy pack found, apart by what it means. */
export interface Judgement {
  violations: Violation[];
  /**
   * What cannot be judged before the stack is deployed, because it depends on a value that AWS computes;
   * each policy and resource once. The message says which value.
   */
  undecided: Violation[];
}

/** A pack reports what it cannot judge as if it were an advisory violation. */
export function judgementOf(reported: readonly Violation[]): Judgement {
  const unknown = reported.filter(({ message }) => undecided.test(message));
  const reasons = unknown.map((each) => ({ ...each, message: reasonOf(each) }));
  const once = new Map(reasons.map((each) => [`${each.policy}\n${each.urn}`, each] as const));
  return {
    violations: reported.filter(({ message }) => !undecided.test(message)),
    undecided: [...once.values()],
  };
}

function reasonOf({ message }: Violation): string {
  return message.split(undecided).at(-1) ?? message;
}
