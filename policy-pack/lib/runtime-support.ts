import { runtimeDeprecations } from "../data/lambda-runtimes";

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/**
 * Days from `today` until Lambda deprecates the runtime, negative afterwards; `undefined` for a
 * runtime that is not known here.
 */
export function daysOfSupport(runtime: string, today: Date): number | undefined {
  const deprecation = runtimeDeprecations[runtime];
  return deprecation === undefined
    ? undefined
    : Math.ceil((Date.parse(deprecation) - today.getTime()) / millisecondsPerDay);
}

/** What is wrong with a runtime that is deprecated on `today` or within `noticeDays` of it. */
export function runtimeProblem(
  runtime: string,
  today: Date,
  noticeDays: number,
): string | undefined {
  const days = daysOfSupport(runtime, today);
  if (days === undefined || days > noticeDays) {
    return undefined;
  }
  return days > 0
    ? `has the runtime ${runtime}, which is deprecated in ${days} days`
    : `has the runtime ${runtime}, which is deprecated`;
}
