import type { MetricSource } from "./alarm-definition";

/** So that a busy metric cannot fill the memory; percentiles beyond are of the first values. */
const defaultMaxValues = 10_000;

/** The data of one metric in one period. */
export class Datapoint {
  #count = 0;
  #sum = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  readonly #values: number[] = [];
  readonly #maxValues: number;

  /** @param maxValues of which percentiles are known. */
  constructor(maxValues = defaultMaxValues) {
    this.#maxValues = maxValues;
  }

  add(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    if (this.#values.length < this.#maxValues) {
      this.#values.push(value);
    }
  }

  /** Adds the data of another period. */
  addAll(other: Datapoint): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#minimum = Math.min(this.#minimum, other.#minimum);
    this.#maximum = Math.max(this.#maximum, other.#maximum);
    this.#values.push(...other.#values.slice(0, this.#maxValues - this.#values.length));
  }

  /** One statistic. */
  value({
    statistic,
    extendedStatistic,
  }: Pick<MetricSource, "extendedStatistic" | "statistic">): number {
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

  /** By nearest rank; CloudWatch itself approximates by a histogram. */
  #percentile(percent: number): number {
    const sorted = this.#values.toSorted((a, b) => a - b);
    const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
    return sorted[rank - 1] ?? Number.NaN;
  }
}
