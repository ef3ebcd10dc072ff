import {
  combine,
  finite,
  mapPoints,
  mapSeries,
  numberOf,
  present,
  type Series,
  type Value,
  valuesOf,
} from "./values";

/** What functions know besides their arguments. */
export interface MathContext {
  /** Seconds of a period. */
  period: number;
  /** How many periods there are. */
  length: number;
  /** The metrics of the request, in its order; expressions are not among them. */
  metrics: readonly { id: string; values: Series }[];
}

type MathFunction = (args: readonly Value[], context: MathContext) => Value;

/** Reduces the points that there are. */
type Reduce = (points: readonly number[]) => number;

const sum: Reduce = (points) => points.reduce((total, point) => total + point, 0);
const average: Reduce = (points) => sum(points) / points.length;
const deviation: Reduce = (points) => {
  const mean = average(points);
  return Math.sqrt(average(points.map((point) => (point - mean) ** 2)));
};

/**
 * The functions of metric maths that are emulated.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
 */
export const functions: Readonly<Record<string, MathFunction>> = {
  ABS: eachPoint(Math.abs),
  // What is missing of several series counts as 0 here, and in no other reduction.
  AVG: reduction(average, (points) => sum(present(points)) / points.length),
  CEIL: eachPoint(Math.ceil),
  DATAPOINT_COUNT: reduction((points) => points.length),
  DIFF: ([value = none]) => mapSeries(value, (series) => differences(series)),
  FILL: ([value = none, filler = none]) => mapSeries(value, (series) => fill(series, filler)),
  FIRST: ([value = none]) => ({ kind: "series", values: arrayOf(value).at(0) ?? [] }),
  FLOOR: eachPoint(Math.floor),
  IF: ([condition = none, yes = none, no]) => choose(condition, yes, no),
  LAST: ([value = none]) => ({ kind: "series", values: arrayOf(value).at(-1) ?? [] }),
  LOG: eachPoint(Math.log),
  LOG10: eachPoint(Math.log10),
  MAX: reduction((points) => Math.max(...points)),
  METRICS: ([part], { metrics }) => ({
    kind: "array",
    items: metrics
      .filter(({ id }) => id.includes(part?.kind === "text" ? part.text : ""))
      .map(({ values }) => values),
  }),
  METRIC_COUNT: ([value = none]) => ({ kind: "scalar", value: arrayOf(value).length }),
  MIN: reduction((points) => Math.min(...points)),
  PERIOD: ([value = none], { period }) => {
    valuesOf(value);
    return { kind: "scalar", value: period };
  },
  RATE: ([value = none], { period }) =>
    mapSeries(value, (series) => differences(series, (index) => index * period)),
  RUNNING_SUM: ([value = none]) => mapSeries(value, runningSum),
  STDDEV: reduction(deviation),
  SUM: reduction(sum),
  TIME_SERIES: ([value = none], { length }) => ({
    kind: "series",
    values: Array.from({ length }, () => numberOf(value)),
  }),
};

/** Stands for an argument that is not given. */
const none: Value = { kind: "text", text: "" };

function eachPoint(how: (point: number) => number): MathFunction {
  return ([value = none]) => mapPoints(value, how);
}

/**
 * Makes one number of a series, and one series of several.
 *
 * @param acrossSeries of the points of one period, of which at least one is there.
 */
function reduction(
  how: Reduce,
  acrossSeries: (points: Series) => number = (points) => how(present(points)),
): MathFunction {
  return ([value = none]) => {
    if (value.kind !== "array") {
      return { kind: "scalar", value: how(present(valuesOf(value))) };
    }
    const [first = []] = value.items;
    const values = first.map((_, index) => {
      const points = value.items.map((item) => item[index]);
      return present(points).length === 0 ? undefined : finite(acrossSeries(points));
    });
    return { kind: "series", values };
  };
}

function arrayOf(value: Value): readonly Series[] {
  if (value.kind !== "array") {
    throw new SyntaxError("an array of time series is needed");
  }
  return value.items;
}

/**
 * From each point to the one before it.
 *
 * @param distance by which a difference is divided, of points so many periods apart.
 */
function differences(series: Series, distance: (periods: number) => number = () => 1): Series {
  let before: { point: number; index: number } | undefined;
  return series.map((point, index) => {
    if (point === undefined) {
      return undefined;
    }
    const difference = before && (point - before.point) / distance(index - before.index);
    before = { point, index };
    return difference;
  });
}

function runningSum(series: Series): Series {
  let total = 0;
  return series.map((point) => (total += point ?? 0));
}

/** @param filler a number, a series, or what repeats or joins the points around. */
function fill(series: Series, filler: Value): Series {
  switch (filler.kind) {
    case "scalar":
      return series.map((point) => point ?? filler.value);
    case "series":
      return series.map((point, index) => point ?? filler.values[index]);
    case "array":
      throw new SyntaxError("FILL takes a number, a time series, REPEAT or LINEAR");
    case "text":
      return fillBetween(series, filler.text);
  }
}

function fillBetween(series: Series, how: string): Series {
  return series.map((point, index) => {
    if (point !== undefined) {
      return point;
    }
    const before = series.findLastIndex((one, at) => at < index && one !== undefined);
    const after = series.findIndex((one, at) => at > index && one !== undefined);
    const [first, last] = [series[before], series[after]];
    if (how === "REPEAT") {
      return first;
    }
    if (how !== "LINEAR") {
      throw new SyntaxError(`FILL takes REPEAT or LINEAR, not ${how}`);
    }
    return first === undefined || last === undefined
      ? undefined
      : first + ((last - first) * (index - before)) / (after - before);
  });
}

/**
 * One or the other, point by point. Where there is no condition there is nothing; where it is true and
 * its value is missing, 0; where it is false and the other is missing or not given, nothing.
 */
function choose(condition: Value, yes: Value, no: Value | undefined): Value {
  if (condition.kind === "scalar") {
    return condition.value === 0 ? (no ?? { kind: "series", values: [] }) : yes;
  }
  const values = valuesOf(condition).map((point, index) => {
    if (point === undefined) {
      return undefined;
    }
    return point === 0 ? pointAt(no, index) : (pointAt(yes, index) ?? 0);
  });
  return { kind: "series", values };
}

function pointAt(value: Value | undefined, index: number): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  return value.kind === "scalar" ? value.value : valuesOf(value)[index];
}

/** What makes a number of two. */
export const operators = {
  "+": (left: Value, right: Value) => combine(left, right, (one, other) => one + other),
  "-": (left: Value, right: Value) => combine(left, right, (one, other) => one - other),
  "*": (left: Value, right: Value) => combine(left, right, (one, other) => one * other),
  "/": (left: Value, right: Value) => combine(left, right, (one, other) => one / other),
  "^": (left: Value, right: Value) => combine(left, right, (one, other) => one ** other),
  "==": truth((one, other) => one === other),
  "!=": truth((one, other) => one !== other),
  "<": truth((one, other) => one < other),
  ">": truth((one, other) => one > other),
  "<=": truth((one, other) => one <= other),
  ">=": truth((one, other) => one >= other),
  AND: truth((one, other) => one !== 0 && other !== 0),
  "&&": truth((one, other) => one !== 0 && other !== 0),
  OR: truth((one, other) => one !== 0 || other !== 0),
  "||": truth((one, other) => one !== 0 || other !== 0),
} as const;

function truth(how: (left: number, right: number) => boolean) {
  return (left: Value, right: Value) =>
    combine(left, right, (one, other) => Number(how(one, other)));
}
