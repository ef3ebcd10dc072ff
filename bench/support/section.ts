import type { Shutdown } from "../../local/cli/shutdown";
import { medianRatio } from "./markdown-table";
import { quantile } from "../../scripts/soak/quantile";

/** A part of `npm run bench`. */
export interface Section {
  /** What it is asked for by on the command line. */
  name: string;
  title: string;
  /** What is measured, and how. Markdown. */
  description: string;
  /** About how long it takes with its default rounds and another checkout. */
  minutes: number;
  /** How often each figure is measured by default. */
  rounds: number;
  /**
   * Measures. Samples that are compared are taken right after one another, and in turns: who is first in
   * one round is last in the next one.
   */
  measure(options: SectionOptions): Promise<Measurement[]>;
}

export interface SectionOptions {
  /** Another checkout to compare with, if one was named. */
  against?: { name: string; folder: string };
  /** How often each figure is measured. */
  rounds: number;
  /** Images that `scale` is measured with besides. */
  images?: number;
  /** How long `throughput` measures each, a round. Default: 3. */
  seconds?: number;
  /** Requests at a time of `throughput`. Default: 8. */
  clients?: number;
  /** Whether `throughput` measures serverless-offline, too. */
  serverlessOffline?: boolean;
  /** Says how far it is. */
  progress: (text: string) => void;
  /** Gets the steps that undo what the section started, also when it fails. */
  shutdown: Shutdown;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
}

/** A figure. */
export interface Measurement {
  /** What is measured, such as `upload-image, zipped`. */
  what: string;
  /** What one value is, such as `of a request`. */
  how: string;
  unit: string;
  /** Behind the decimal point. Default: 1. */
  digits?: number;
  /** A value a round; one, if it is the same in each. */
  ours: readonly number[];
  /** What it is compared with: as many values, each the pair of ours at the same place. */
  other?: { name: string; values: readonly number[] };
  /** Default: the median of the quotients of pairs, ours ÷ the other's. */
  ratio?: number;
  /** For the ratio or, where there is none, for the median of ours. */
  target?: Target;
}

export type Target = { atMost: number } | { atLeast: number };

/**
 * What is measured of all in a round, in its turn: whoever is first in one round is last in the next one, so
 * that whatever else the machine does slows down all alike.
 *
 * @param round counts from 0.
 */
export function inTurn<One>(all: readonly One[], round: number): readonly One[] {
  return round % 2 === 0 ? all : all.toReversed();
}

/** By what share a target may be missed before `--check` fails: what machines differ by. */
export const tolerance = 0.15;

/** The ratio of a figure, unless it is compared with nothing. */
export function ratioOf({ ours, other, ratio }: Measurement): number | undefined {
  return ratio ?? (other === undefined ? undefined : medianRatio(ours, other.values));
}

/**
 * Whether a figure meets its target.
 *
 * @param allowance the share by which it may miss it. Default: 0.
 * @returns undefined of a figure without a target.
 */
export function meetsTarget(measurement: Measurement, allowance = 0): boolean | undefined {
  const { target, ours } = measurement;
  if (target === undefined) {
    return undefined;
  }
  const value = ratioOf(measurement) ?? quantile(ours, 0.5);
  return "atMost" in target
    ? value <= target.atMost * (1 + allowance)
    : value >= target.atLeast * (1 - allowance);
}
