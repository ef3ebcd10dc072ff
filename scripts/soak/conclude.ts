import type { Stack } from "../../tests/e2e/support/stack";
import { type Audit, audit } from "./audit";
import { Client } from "./client";
import { inLanes } from "./lanes";
import { expectationOf, type Ledger } from "./ledger";
import { isLimited } from "./limits";
import type { Load } from "./load";
import { readBack } from "./readback";
import { focusedQuery } from "./rendition-queries";
import { settle, type Settlement } from "./settle";
import { type Stock, takeStock } from "./stock";
import { view } from "./views";

/** Without faults, nothing takes long. */
const patienceMs = 30_000;

export interface ConcludeOptions {
  stack: Stack;
  /** Of the local run. */
  dataDir: string;
  ledger: Ledger;
  progress: (line: string) => void;
}

/** What a ledger was compared with, and what came of it. */
export interface Conclusion {
  figures: Readonly<Record<string, number>>;
  failures: string[];
}

/** Brings a stack to rest and compares what it keeps and shows with what its clients know. */
export async function conclude(options: ConcludeOptions): Promise<Conclusion> {
  const { dataDir, ledger, progress, stack } = options;
  progress("waiting for asynchronous functions, redriving, sweeping");
  const settlement = await settle(stack, dataDir);
  const client = new Client({ patienceMs });
  await showAll({ stack, ledger, client }, progress);
  progress("taking stock");
  const stock = await takeStock(stack);
  const found = audit(ledger, stock);
  progress(`reading back ${found.images.length} images and ${found.results.length} results`);
  found.lost.push(...(await readBack(found, ledger, { stack, client })));
  return { figures: figuresOf(ledger, settlement, stock, found), failures: failuresOf(found) };
}

/** Has a rendition made of each image that must be there: whatever came before, it can be shown. */
async function showAll(load: Load, progress: (line: string) => void): Promise<void> {
  const images = load.ledger.known.filter((entry) => expectationOf(entry) === "present");
  progress(`showing ${images.length} images`);
  await inLanes(images, (entry) => view(entry, focusedQuery, load));
}

function figuresOf(
  ledger: Ledger,
  { redriven, swept }: Settlement,
  { renditions, rows, users }: Stock,
  found: Audit,
) {
  return {
    "renditions viewed": ledger.viewed,
    redriven,
    swept,
    "images kept": found.images.length,
    "renditions kept": renditions.length,
    "results kept": found.results.length,
    "outcomes unknown to clients": ledger.unknown,
    "  of which whole, answer lost": found.answerLost,
    lost: found.lost.length,
    orphaned: found.orphaned.length,
    duplicates: found.duplicates.length,
    ...(users && {
      "refused by users' limits": ledger.limited,
      "rejected by users' limits": rows.filter(isLimited).length,
      "users counted": users.length,
      "images counted": total(users.map(({ images }) => images)),
      "bytes counted": total(users.map(({ bytes }) => bytes)),
      "bytes kept": total(found.images.map(({ item }) => item.size)),
      miscounted: found.miscounted.length,
    }),
  };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function failuresOf({ lost, orphaned, duplicates, miscounted }: Audit): string[] {
  return [
    ...lost.map((thing) => `lost: ${thing}`),
    ...orphaned.map((thing) => `orphaned: ${thing}`),
    ...duplicates.map((thing) => `duplicate: ${thing}`),
    ...miscounted.map((thing) => `miscounted: ${thing}`),
  ];
}
