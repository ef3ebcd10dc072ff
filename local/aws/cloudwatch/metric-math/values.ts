/** The values of a metric, or of an expression, period by period, oldest first; `undefined` is missing. */
export type Series = readonly (number | undefined)[];

/** What an expression is: a number, a time series or several. */
export type Value =
  | { kind: "scalar"; value: number }
  | { kind: "series"; values: Series }
  | { kind: "array"; items: readonly Series[] }
  | { kind: "text"; text: string };

type Values = readonly [number | undefined, number | undefined];

/** A number out of two; one that is missing counts as 0. */
export type Combine = (left: number, right: number) => number;

/**
 * Combines two values, point by point. A point is missing where both sides are, and where there is no
 * number, as after a division by zero.
 */
export function combine(left: Value, right: Value, how: Combine): Value {
  if (left.kind === "array") {
    return { kind: "array", items: left.items.map((item) => seriesOf(item, right, how)) };
  }
  if (right.kind === "array") {
    const swapped: Combine = (one, other) => how(other, one);
    return { kind: "array", items: right.items.map((item) => seriesOf(item, left, swapped)) };
  }
  if (left.kind === "series") {
    return { kind: "series", values: seriesOf(left.values, right, how) };
  }
  if (right.kind === "series") {
    const swapped: Combine = (one, other) => how(other, one);
    return { kind: "series", values: seriesOf(right.values, left, swapped) };
  }
  return { kind: "scalar", value: how(numberOf(left), numberOf(right)) };
}

/** Applies something to each point that there is. */
export function mapPoints(value: Value, how: (point: number) => number): Value {
  return combine(value, { kind: "scalar", value: 0 }, how);
}

/** Applies something to each series. */
export function mapSeries(value: Value, how: (series: Series) => Series): Value {
  return value.kind === "array"
    ? { kind: "array", items: value.items.map(how) }
    : { kind: "series", values: how(valuesOf(value)) };
}

/** The points of a series. @throws SyntaxError for what is none. */
export function valuesOf(value: Value): Series {
  if (value.kind !== "series") {
    throw new SyntaxError("a time series is needed");
  }
  return value.values;
}

/** @throws SyntaxError for what is no number. */
export function numberOf(value: Value): number {
  if (value.kind !== "scalar") {
    throw new SyntaxError("a number is needed");
  }
  return value.value;
}

/** A point that is a number, or none. */
export function finite(point: number | undefined): number | undefined {
  return point !== undefined && Number.isFinite(point) ? point : undefined;
}

/** Of a series, or of the points that several have in a period: those that there are. */
export function present(points: Series): number[] {
  return points.filter((point) => point !== undefined);
}

function seriesOf(left: Series, right: Value, how: Combine): Series {
  if (right.kind === "scalar") {
    return left.map((point) => (point === undefined ? undefined : finite(how(point, right.value))));
  }
  const others = valuesOf(right);
  return left.map((point, index) => {
    const pair: Values = [point, others[index]];
    return pair.every((one) => one === undefined)
      ? undefined
      : finite(how(pair[0] ?? 0, pair[1] ?? 0));
  });
}
