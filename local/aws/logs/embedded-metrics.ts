import { z } from "zod";
import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import type { MetricDatum } from "../types";
import { units } from "../units";

/*
 * The embedded metric format: what of a log event CloudWatch makes metrics of.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

const metricDefinition = z.object({
  Name: z.string().min(1).max(1024),
  Unit: z.enum(units).optional(),
  /** Seconds. */
  StorageResolution: z.union([z.literal(1), z.literal(60)]).optional(),
});

const dimensionSet = z.array(z.string().min(1).max(250)).max(30);

const metricDirective = z.object({
  Namespace: z.string().min(1).max(1024),
  Dimensions: z.array(dimensionSet).min(1),
  Metrics: z.array(metricDefinition).max(100),
});

const metadata = z.object({
  /** Milliseconds since 1970. */
  Timestamp: z.int(),
  CloudWatchMetrics: z.array(metricDirective),
});

/** A number, or some that were measured at the same time. */
const targetValue = z.union([z.number(), z.array(z.number()).max(100)]);

const maxDimensionLength = 1024;

/** How old and how young metrics may be. */
const maxAgeMs = 14 * 24 * 60 * 60 * 1000;
const maxAheadMs = 2 * 60 * 60 * 1000;

/** What comes of an event: metrics, nothing, or why CloudWatch makes none of what looks as if it were some. */
export type Extracted =
  | { data: readonly MetricDatum[] }
  | { problem: string; kind: "parsing" | "validation" };

/** Metrics by which CloudWatch Logs tells of events that are not quite of the format. */
export const problemMetrics = {
  parsing: "EMFParsingErrors",
  validation: "EMFValidationErrors",
} as const;

const nothing: Extracted = { data: [] };

/** Reads the metrics of an event. Where one of them is wrong, none is taken. */
export function extractMetrics(message: string, now: Date): Extracted {
  // Of most events nothing more needs to be read.
  if (!message.startsWith("{") || !message.includes('"_aws"')) {
    return nothing;
  }
  const members = parseJson(message);
  if (!isObject(members)) {
    return { kind: "parsing", problem: "it is no JSON object" };
  }
  if (!Object.hasOwn(members, "_aws")) {
    return nothing;
  }
  const { success, data: read, error } = metadata.safeParse(members._aws);
  if (!success) {
    const [issue] = error.issues;
    const place = ["_aws", ...(issue?.path ?? [])].map(String).join(".");
    return { kind: "validation", problem: `${place}: ${issue?.message ?? "is wrong"}` };
  }
  const age = now.getTime() - read.Timestamp;
  if (age > maxAgeMs || age < -maxAheadMs) {
    const problem = "_aws.Timestamp: is more than 14 days ago, or 2 hours ahead";
    return { kind: "validation", problem };
  }
  return dataOf(read, members);
}

function dataOf(
  { CloudWatchMetrics, Timestamp: at }: z.infer<typeof metadata>,
  members: Readonly<Record<string, unknown>>,
): Extracted {
  const data: MetricDatum[] = [];
  for (const { Namespace: namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    for (const { Name: name, Unit: unit } of Metrics) {
      const target = targetValue.safeParse(ownMember(members, name));
      if (!target.success) {
        return { kind: "validation", problem: `${name}: is no number, nor up to 100 of them` };
      }
      for (const set of Dimensions) {
        const dimensions = dimensionsOf(set, members);
        if (typeof dimensions === "string") {
          return { kind: "validation", problem: dimensions };
        }
        const told = { namespace, name, dimensions, ...(unit !== undefined && { unit }), at };
        data.push(...[target.data].flat().map((value) => ({ ...told, value })));
      }
    }
  }
  return { data };
}

/** @returns what is wrong, if anything is. */
function dimensionsOf(
  set: readonly string[],
  members: Readonly<Record<string, unknown>>,
): Record<string, string> | string {
  const dimensions: Record<string, string> = {};
  for (const name of set) {
    const value = ownMember(members, name);
    if (typeof value !== "string" || value === "" || value.length > maxDimensionLength) {
      return `${name}: is a dimension, and no text of 1 to ${maxDimensionLength} characters`;
    }
    dimensions[name] = value;
  }
  return dimensions;
}

function ownMember(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
