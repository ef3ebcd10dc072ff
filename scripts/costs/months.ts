import { atRest, draftsAtRest } from "./at-rest";
import { costOf, gigabytes, million, originalBytes, priced, type PricedName, sumOf } from "./usage";

/** What is asked of a stack in a month. */
export interface Month {
  name: string;
  /** How often, by what it is. */
  counts: Readonly<Record<PricedName, number>>;
  /** Originals that are stored. */
  stored: number;
}

/** A team's own page, an application, and one that many use. */
export const months: readonly Month[] = [
  {
    name: "small",
    counts: { uploads: 1000, views: 20_000, renditions: 3000, reads: 10_000, processes: 1000 },
    stored: 10_000,
  },
  {
    name: "middle",
    counts: {
      uploads: 50_000,
      views: 2_000_000,
      renditions: 150_000,
      reads: 500_000,
      processes: 50_000,
    },
    stored: 500_000,
  },
  {
    name: "large",
    counts: {
      uploads: 1_000_000,
      views: 50_000_000,
      renditions: 3_000_000,
      reads: 10_000_000,
      processes: 1_000_000,
    },
    stored: 10_000_000,
  },
];

/** What a month costs here, by what for. */
export function billOf({
  counts,
  stored,
}: Month): Record<PricedName | "atRest" | "stored", number> {
  const share = (name: PricedName) => (counts[name] / million) * sumOf(priced[name].ours);
  return {
    atRest: sumOf(atRest),
    uploads: share("uploads"),
    views: share("views"),
    renditions: share("renditions"),
    reads: share("reads"),
    processes: share("processes"),
    stored: costOfStoring(stored),
  };
}

/** What it costs here. */
export function costOfMonth(month: Month): number {
  return Object.values(billOf(month)).reduce((sum, dollars) => sum + dollars, 0);
}

/** What it would cost with the two drafts, whose viewers get originals. */
export function draftsCostOfMonth({ counts, stored }: Month): number {
  const asked = Object.entries(priced).map(
    ([name, { drafts = [] }]) => (counts[name as PricedName] / million) * sumOf(drafts),
  );
  return (
    sumOf(draftsAtRest) + costOfStoring(stored) + asked.reduce((sum, dollars) => sum + dollars, 0)
  );
}

function costOfStoring(originals: number): number {
  const quantity = (gigabytes(originalBytes) * originals) / million;
  return costOf({ what: "originals", price: "s3Storage", quantity });
}
