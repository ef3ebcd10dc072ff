import type { Bundle } from "./recipes";
import { Settling } from "./settling";
import type { TypeProblem } from "./types/protocol";

/** One delivery of changes, and what becomes of the functions that it concerns. */
export interface Batch {
  startedAt: number;
  /** As they are shown. */
  files: string[];
  /** Whether it is in no function's bundle. */
  isOfTypesAlone: boolean;
  /** What is wrong with types; nothing where they cannot be checked. */
  types: Promise<readonly TypeProblem[]>;
  swapped: string[];
  /** What is again what it was before there were errors. */
  righted: string[];
  /** How many functions are still to be looked at. */
  waiting: number;
  /** That none is. */
  looked: Settling;
  /** What has been printed of it. */
  told: Set<string>;
  /** Absolute paths of sources that could not be bundled. */
  unbuildable: Set<string>;
}

/** A function whose sources have changed. */
export interface Stale {
  name: string;
  shownName: string;
  bundles: Bundle[];
  batch: Batch;
  isUrgent: boolean;
  settled: Settling;
}

/**
 * What has just been delivered.
 *
 * @param waiting how many functions it concerns.
 */
export function newBatch({ files, types }: Pick<Batch, "files" | "types">, waiting: number): Batch {
  const looked = new Settling();
  if (waiting === 0) {
    looked.resolve();
  }
  return {
    startedAt: performance.now(),
    files,
    isOfTypesAlone: waiting === 0,
    types,
    swapped: [],
    righted: [],
    waiting,
    looked,
    told: new Set(),
    unbuildable: new Set(),
  };
}
