import type { MetricSource } from "./alarm-definition";

/** So that a busy metric cannot fill the memory; percentiles beyond are of the first values. */
const defaultMaxValues = 10_000;

/** What is known of several values. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_StatisticSet.html */
export interface StatisticSet {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** One value, or what is known of several. */
export type Sample = number | StatisticSet;

/** The data of one metric in one period. */
export class Datapoint {
  #count = 0;
  #sum = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  readonly #values: number[] = [];
  /** Whether there are values of which only statistics are known. */
  #hasUnknown = false;
  readonly #maxValues: number;

  /** @param maxValues of which percentiles are known. */
  constructor(maxValues = defaultMaxValues) {
    this.#maxValues = maxValues;
  }

  add(sample: Sample): void {
    if (typeof sample === "number") {
      this.#addValue(sample);
    } else {
      this.#addSet(sample);
    }
  }

  #addValue(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    if (this.#values.length < this.#maxValues) {
      this.#values.push(value);
    }
  }

  /** Of a set in which all values are the same, the values are known. */
  #addSet({ sampleCount, sum, minimum, maximum }: StatisticSet): void {
    this.#count += sampleCount;
    this.#sum += sum;
    this.#minimum = Math.min(this.#minimum, minimum);
    this.#maximum = Math.max(this.#maximum, maximum);
    if (minimum === maximum) {
      const room = this.#maxValues - this.#values.length;
      const length = Math.min(Math.ceil(sampleCount), room);
      this.#values.push(...Array.from({ length }, () => minimum));
    } else {
      this.#hasUnknown = true;
    }
  }

  /** Adds the data of another period. */
  addAll(other: Datapoint): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#minimum = Math.min(this.#minimum, other.#minimum);
    this.#maximum = Math.max(this.#maximum, other.#maximum);
    this.#values.push(...other.#values.slice(0, this.#maxValues - this.#values.length));
    this.#hasUnknown ||= other.#hasUnknown;
  }

  /** One statistic; a percentile is `undefined` where not all values are known. */
  value({
    statistic,
    extendedStatistic,
  }: Pick<MetricSource, "extendedStatistic" | "statistic">): number | undefined {
    switch (statistic) {
      case "SampleCount":
        return this.#count;
      case "Average":
        return this.#sum / this.#count;
      case "Sum":
        return this.#sum;
      case "Minimum":
        return this.#minimum;
      case "Maximum":
        return this.#maximum;
      case undefined:
        return this.#percentile(Number(extendedStatistic?.slice(1)));
    }
  }

  /**
   * By nearest rank; CloudWatch itself approximates by a histogram.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Percentiles
   */
  #percentile(percent: number): number | undefined {
    if (this.#hasUnknown) {
      return undefined;
    }
    const sorted = this.#values.toSorted((a, b) => a - b);
    const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
    return sorted[rank - 1];
  }
}
