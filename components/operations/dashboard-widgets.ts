/*
 * Widgets of a CloudWatch dashboard, as far as ours has them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */

/** A metric, by names that are known. */
export interface GraphedMetric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** How a metric is drawn; what is left out is the graph's. */
export interface Drawing {
  id?: string;
  label?: string;
  stat?: string;
  region?: string;
  /** Whether it is drawn, and not only there for expressions. `@default` true */
  visible?: boolean;
  yAxis?: "left" | "right";
}

/** A line of a graph: a metric, or what is made of others by their ids. */
export type GraphLine = [...string[], Drawing] | [Drawing & { expression: string }];

/** A graph over time. */
export interface Graph {
  title: string;
  lines: readonly GraphLine[];
  /** Where metrics are whose lines say no other. */
  region: string;
  /** `@default` Sum */
  stat?: string;
  /** Seconds that a point stands for. `@default` 300 */
  period?: number;
  /** A value at which it is serious. */
  threshold?: number;
  /** What is measured on the left. */
  unit?: string;
  /** Whether lines lie upon each other. `@default` false */
  stacked?: boolean;
}

/** A widget without its place. */
export interface Widget {
  type: "metric" | "text" | "alarm";
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

/** Columns of a dashboard. */
const columns = 24;

/** The line of a metric. */
export function line(
  { namespace, name, dimensions }: GraphedMetric,
  drawing: Drawing = {},
): GraphLine {
  return [namespace, name, ...Object.entries(dimensions).flat(), drawing];
}

/** A third of the width. */
export function graph({ title, lines, region, ...more }: Graph): Widget {
  const { stat = "Sum", period = 300, threshold, unit, stacked = false } = more;
  return {
    type: "metric",
    width: columns / 3,
    height: 6,
    properties: {
      title,
      view: "timeSeries",
      stacked,
      region,
      stat,
      period,
      metrics: lines,
      yAxis: { left: { min: 0, ...(unit !== undefined && { label: unit, showUnits: false }) } },
      ...(threshold !== undefined && {
        annotations: { horizontal: [{ label: "alarm", value: threshold }] },
      }),
    },
  };
}

/** Text over the whole width. */
export function text(markdown: string, height: number): Widget {
  return { type: "text", width: columns, height, properties: { markdown } };
}

/** The states of alarms, over the whole width. */
export function alarmStates(title: string, alarms: readonly string[]): Widget {
  return { type: "alarm", width: columns, height: 2, properties: { title, alarms } };
}

/** Places widgets from left to right, and rows below each other. */
export function placed(rows: readonly (readonly Widget[])[]) {
  let y = 0;
  return rows.flatMap((row) => {
    const top = y;
    y += Math.max(...row.map(({ height }) => height));
    let x = 0;
    return row.map(({ type, width, height, properties }) => {
      const left = x;
      x += width;
      return { type, x: left, y: top, width, height, properties };
    });
  });
}
