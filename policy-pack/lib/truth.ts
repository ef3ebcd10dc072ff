import { unknownValue } from "./values";

/** Whether something holds, as far as it can be told before the deployment. */
export type Truth = boolean | typeof unknownValue;

/** Whether a value is a certain one. */
export function is(value: unknown, expected: string): Truth {
  return value === unknownValue ? unknownValue : value === expected;
}

/** Whether all hold; one that does not settles it, whatever is not known of the others. */
export function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) {
    return false;
  }
  return truths.includes(unknownValue) ? unknownValue : true;
}

/** Whether any holds; one that does settles it, whatever is not known of the others. */
export function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) {
    return true;
  }
  return truths.includes(unknownValue) ? unknownValue : false;
}

/** Whether it does not hold. */
export function not(truth: Truth): Truth {
  return truth === unknownValue ? unknownValue : !truth;
}
