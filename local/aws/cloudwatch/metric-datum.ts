import { z } from "zod";
import { units } from "../units";
import { dimensions, metricName } from "./metric-input";
import { numeric } from "./numeric";
import { time } from "./time-input";

const dayMs = 24 * 60 * 60 * 1000;
const maxPastMs = 14 * dayMs;
const maxFutureMs = dayMs / 12;
const maxValues = 150;
const maxMagnitude = 2 ** 360;

const statisticSet = z.object({
  SampleCount: numeric,
  Sum: numeric,
  Minimum: numeric,
  Maximum: numeric,
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const metricDatum = z.object({
  MetricName: metricName,
  Dimensions: dimensions.default([]),
  Timestamp: time.optional(),
  Unit: z.enum(units).default("None"),
  Value: numeric.optional(),
  StatisticValues: statisticSet.optional(),
  Values: z.array(numeric).min(1).max(maxValues).optional(),
  Counts: z.array(numeric).optional(),
  /** Seconds; all is kept by the minute. */
  StorageResolution: z.union([z.literal(1), z.literal(60)]).optional(),
});

/** What a program has measured of one metric. */
export type MetricDatumInput = z.infer<typeof metricDatum>;

/** What is wrong with a datum, and what an error of it is called. */
export interface Problem {
  code: "InvalidParameterCombination" | "InvalidParameterValue" | "MissingParameter";
  message: string;
}

/**
 * What is wrong with a datum that is of its types.
 *
 * @param name of the datum, such as `MetricData.member.1`.
 */
export function problemsOf(datum: MetricDatumInput, name: string, now: Date): Problem[] {
  return [
    ...problemsOfChoice(datum, name),
    ...problemsOfTime(datum, name, now),
    ...problemsOfValues(datum, name),
  ];
}

/** There is one of three, which are ways to say the same. */
function problemsOfChoice(datum: MetricDatumInput, name: string): Problem[] {
  const choices = ["Value", "Values", "StatisticValues"] as const;
  const [given, other] = choices.filter((each) => datum[each] !== undefined);
  if (given === undefined) {
    const message = `One of the parameters ${choices.map((each) => `${name}.${each}`).join(", ")} must be specified.`;
    return [{ code: "MissingParameter", message }];
  }
  const message = `The parameters ${name}.${given} and ${name}.${other} are mutually exclusive and you have specified both.`;
  return other === undefined ? [] : [{ code: "InvalidParameterCombination", message }];
}

function problemsOfTime({ Timestamp }: MetricDatumInput, name: string, now: Date): Problem[] {
  const past = Timestamp === undefined ? 0 : now.getTime() - Timestamp.getTime();
  if (past > maxPastMs) {
    return [invalid(`${name}.Timestamp must specify a time within the past two weeks.`)];
  }
  return past < -maxFutureMs
    ? [invalid(`${name}.Timestamp must specify a time no more than two hours in the future.`)]
    : [];
}

function problemsOfValues(datum: MetricDatumInput, name: string): Problem[] {
  const { Values = [], Counts, StatisticValues: set } = datum;
  const problems = numbersOf(datum)
    .filter(([, value]) => !(Math.abs(value) <= maxMagnitude))
    .map(([member, value]) =>
      invalidValue(`The value ${value} for parameter ${name}.${member} is invalid.`),
    );
  if (Counts && Counts.length !== Values.length) {
    problems.push(invalid(`${name}.Counts must have as many members as ${name}.Values.`));
  }
  if (Counts?.some((count) => count <= 0)) {
    problems.push(invalid(`${name}.Counts must have members greater than 0 only.`));
  }
  if (set && set.Maximum < set.Minimum) {
    const [maximum, minimum] = [
      `${name}.StatisticValues.Maximum`,
      `${name}.StatisticValues.Minimum`,
    ];
    problems.push(invalid(`${maximum} must be greater than ${minimum}.`));
  }
  if (set && set.SampleCount <= 0) {
    problems.push(invalid(`${name}.StatisticValues.SampleCount must be greater than 0.`));
  }
  return problems;
}

/** All numbers of a datum, by where they are in it. */
function numbersOf({ Value, Values = [], Counts = [], StatisticValues: set }: MetricDatumInput) {
  const listed = (name: string, values: readonly number[]) =>
    values.map((value, index) => [`${name}.member.${index + 1}`, value] as const);
  return [
    ...(Value === undefined ? [] : [["Value", Value] as const]),
    ...listed("Values", Values),
    ...listed("Counts", Counts),
    ...Object.entries(set ?? {}).map(
      ([name, value]) => [`StatisticValues.${name}`, value] as const,
    ),
  ];
}

/** @param rest completes a sentence that begins with the parameter. */
function invalid(rest: string): Problem {
  return invalidValue(`The parameter ${rest}`);
}

function invalidValue(message: string): Problem {
  return { code: "InvalidParameterValue", message };
}
