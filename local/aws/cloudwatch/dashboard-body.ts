import { z } from "zod";
import { parseJson } from "../../parse-json";
import { repeated } from "../repeated";

/** What is wrong with the body of a dashboard, and where; as PutDashboard tells it. */
export interface DashboardMessage {
  /** Such as `/widgets/0/properties/region`. */
  dataPath: string;
  message: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const maxWidgets = 500;
const maxMetricsOfWidget = 500;
const maxMetrics = 2500;

const columns = 24;
const maxHeight = 1000;
const maxAlarms = 100;

const idPattern = /^[a-z]\w*$/;
const stat =
  /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)\d{1,3}(\.\d{1,10})?|(TM|TC|TS|WM|PR)\(.*\))$/;
const period = z
  .int()
  .refine(
    (seconds) => [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0),
    {
      message: "should be 1, 5, 10, 20, 30 or a multiple of 60",
    },
  );
const place = {
  x: z
    .int()
    .min(0)
    .max(columns - 1)
    .optional(),
  y: z.int().min(0).optional(),
};
const size = {
  width: z.int().min(1).max(columns).optional(),
  height: z.int().min(1).max(maxHeight).optional(),
};

/** How a metric or an expression is drawn. */
const rendering = z.object({
  accountId: z.string().optional(),
  color: z.string().optional(),
  expression: z.string().min(1).optional(),
  id: z.string().regex(idPattern, "should begin with a small letter, and have no signs").optional(),
  label: z.string().optional(),
  period: period.optional(),
  region: z.string().optional(),
  stat: z.string().regex(stat, "should be a statistic, such as Sum or p99").optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(["left", "right"]).optional(),
});

const metricLine = z.array(z.unknown()).min(1);

const alarmArn = /^arn:[\w-]+:cloudwatch:[\w-]+:\d{12}:alarm:.+$/;

const axis = z.object({
  label: z.string().optional(),
  max: z.number().optional(),
  min: z.number().optional(),
  showUnits: z.boolean().optional(),
});

const properties = {
  metric: z
    .object({
      accountId: z.string().optional(),
      annotations: z.looseObject({}).optional(),
      liveData: z.boolean().optional(),
      legend: z.object({ position: z.enum(["right", "bottom", "hidden"]) }).optional(),
      metrics: z.array(metricLine).max(maxMetricsOfWidget).optional(),
      period: period.optional(),
      region: z.string().min(1),
      setPeriodToTimeRange: z.boolean().optional(),
      singleValueFullPrecision: z.boolean().optional(),
      sparkline: z.boolean().optional(),
      stacked: z.boolean().optional(),
      stat: z.string().regex(stat, "should be a statistic, such as Sum or p99").optional(),
      table: z.looseObject({}).optional(),
      timezone: z.string().optional(),
      title: z.string().optional(),
      trend: z.boolean().optional(),
      view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]).optional(),
      yAxis: z.object({ left: axis.optional(), right: axis.optional() }).optional(),
    })
    .refine(({ metrics, annotations }) => metrics !== undefined || annotations !== undefined, {
      message: "should have metrics, or annotations that name an alarm",
    }),
  text: z.object({
    background: z.enum(["transparent", "solid"]).optional(),
    markdown: z.string(),
  }),
  alarm: z.object({
    alarms: z.array(z.string().regex(alarmArn, "should be the ARN of an alarm")).max(maxAlarms),
    sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]).optional(),
    states: z.array(z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"])).optional(),
    title: z.string().optional(),
  }),
  log: z.object({
    accountId: z.string().optional(),
    query: z.string(),
    region: z.string().min(1),
    stacked: z.boolean().optional(),
    title: z.string().optional(),
    view: z.enum(["table", "timeSeries", "bar", "pie"]).optional(),
  }),
} as const;

const widgetTypes = [...Object.keys(properties), "explorer", "custom"];

const widget = z.object({
  type: z.enum(widgetTypes),
  ...place,
  ...size,
  properties: z.looseObject({}),
});

const dashboard = z.object({
  end: z.string().optional(),
  periodOverride: z.enum(["auto", "inherit"]).optional(),
  start: z.string().optional(),
  variables: z.array(z.looseObject({})).optional(),
  widgets: z.array(widget).max(maxWidgets),
});

/**
 * What PutDashboard would refuse of a body; nothing if it is accepted.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardMessages(text: string): DashboardMessage[] {
  const value = parseJson(text);
  if (value === undefined) {
    return [{ dataPath: "", message: "The body is not valid JSON" }];
  }
  const { success, data, error } = dashboard.safeParse(value);
  if (!success) {
    return messagesOf(error, []);
  }
  const messages = data.widgets.flatMap((one, index) => widgetMessages(one, index));
  const count = data.widgets.reduce((sum, one) => sum + linesOf(one.properties).length, 0);
  return count > maxMetrics
    ? [
        ...messages,
        { dataPath: "/widgets", message: `There are ${count} metrics, of at most ${maxMetrics}` },
      ]
    : messages;
}

type Widget = z.infer<typeof widget>;

function widgetMessages(
  { type, x = 0, width = 6, properties: given }: Widget,
  index: number,
): DashboardMessage[] {
  const path = ["widgets", index];
  const schema = (properties as Readonly<Record<string, z.ZodType | undefined>>)[type];
  const { error } = schema?.safeParse(given) ?? {};
  const tooWide = x + width > columns;
  return [
    ...(error ? messagesOf(error, [...path, "properties"]) : []),
    ...(tooWide
      ? [{ dataPath: pathOf(path), message: `x and width should be ${columns} together at most` }]
      : []),
    ...(type === "metric" ? lineMessages(given, [...path, "properties", "metrics"]) : []),
  ];
}

function linesOf(given: Readonly<Record<string, unknown>>): readonly unknown[][] {
  const { metrics } = given;
  return Array.isArray(metrics) ? metrics.filter((one) => Array.isArray(one)) : [];
}

/** Problems of the lines of a graph, and of ids that two of them have. */
function lineMessages(
  given: Readonly<Record<string, unknown>>,
  path: readonly (number | string)[],
): DashboardMessage[] {
  const lines = linesOf(given);
  const ids = lines.flatMap((parts) => rendering.safeParse(parts.at(-1)).data?.id ?? []);
  const twice = repeated(ids);
  return [
    ...lines.flatMap((parts, index) => messagesOfLine(parts, [...path, index])),
    ...(twice === undefined
      ? []
      : [{ dataPath: pathOf(path), message: `The id ${twice} is there twice` }]),
  ];
}

/** A line is texts, namespace, name and pairs of dimensions, and how it is drawn; or an expression alone. */
function messagesOfLine(
  parts: readonly unknown[],
  path: readonly (number | string)[],
): DashboardMessage[] {
  const last = parts.at(-1);
  const drawn = typeof last === "object" ? rendering.strict().safeParse(last) : undefined;
  if (drawn?.error) {
    return messagesOf(drawn.error, [...path, parts.length - 1]);
  }
  const names = drawn ? parts.slice(0, -1) : parts;
  const isExpression = drawn?.data.expression !== undefined;
  const isRight = isExpression ? names.length === 0 : areNames(names);
  const message = "should be a namespace, a name and pairs of dimensions, or an expression";
  return isRight ? [] : [{ dataPath: pathOf(path), message }];
}

function areNames(parts: readonly unknown[]): boolean {
  return (
    parts.length >= 2 &&
    parts.length % 2 === 0 &&
    parts.every((part) => typeof part === "string" && part !== "")
  );
}

function messagesOf(
  { issues }: z.ZodError,
  path: readonly (number | string)[],
): DashboardMessage[] {
  return issues.map((issue) => ({
    dataPath: pathOf([...path, ...issue.path]),
    message: issue.message,
  }));
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join("");
}
