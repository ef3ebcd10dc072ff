import { demand } from "./demand";

const idPattern = /^[a-z]\w*$/;

/**
 * @param expression of a query, or `metric`, which it has in its place.
 * @throws AwsError `ValidationError`.
 */
export function demandQuery(id: string, expression: unknown, metric: unknown): void {
  demand(idPattern.test(id), `The id ${id} must begin with a small letter, and have no signs`);
  demand(
    (expression === undefined) !== (metric === undefined),
    `The element ${id} must have either an Expression or a MetricStat`,
  );
}
