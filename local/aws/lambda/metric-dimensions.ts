import type { FunctionTarget } from "./versions/function-target";

/** The dimensions of one series of a metric. */
export type MetricDimensions = Readonly<Record<string, string>>;

/**
 * Those of the series that is of all functions of the account in the region together.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export const ofAllFunctions: MetricDimensions = {};

/**
 * The series that a measurement of an invocation is part of: the function's, that of the version or alias
 * that was invoked, and of an alias that of the version which was run.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 *
 * @param executed the version that was run. Default: none was, as yet.
 */
export function metricDimensions(
  { name, qualifier, alias }: Pick<FunctionTarget, "alias" | "name" | "qualifier">,
  executed?: string,
): MetricDimensions[] {
  const ofFunction = { FunctionName: name };
  if (qualifier === undefined) {
    return [ofFunction];
  }
  const ofResource = { ...ofFunction, Resource: `${name}:${qualifier}` };
  return alias === undefined || executed === undefined
    ? [ofFunction, ofResource]
    : [ofFunction, ofResource, { ...ofResource, ExecutedVersion: executed }];
}
