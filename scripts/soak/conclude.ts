import type { Stack } from "../../tests/e2e/support/stack";
import { type Audit, audit } from "./audit";
import { Client } from "./client";
import type { Ledger } from "./ledger";
import { isLimited } from "./limits";
import { readBack } from "./readback";
import { settle, type Settlement } from "./settle";
import { type Stock, takeStock } from "./stock";

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
  progress("taking stock");
  const stock = await takeStock(stack);
  const found = audit(ledger, stock);
  progress(`reading back ${found.images.length} images and ${found.results.length} results`);
  const client = new Client({ patienceMs });
  found.lost.push(...(await readBack(found, ledger, { stack, client })));
  return { figures: figuresOf(ledger, settlement, stock, found), failures: failuresOf(found) };
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
