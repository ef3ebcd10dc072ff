import type { Stack } from "../../tests/e2e/support/stack";
import { type Audit, audit } from "./audit";
import { Client } from "./client";
import { awaitEvents, type EventsReport } from "./events/await-events";
import type { Subscription } from "./events/subscription";
import { inLanes } from "./lanes";
import { expectationOf, type Ledger } from "./ledger";
import { isLimited } from "./limits";
import type { Load } from "./load";
import { readBack } from "./readback";
import { auditRecords } from "./records/audit-records";
import { focusedQuery } from "./rendition-queries";
import { connectTo, redriveAll, settle, type Settlement } from "./settle";
import { type Stock, takeStock } from "./stock";
import { view } from "./views";

/** Without faults, nothing takes long. */
const patienceMs = 30_000;

export interface ConcludeOptions {
  stack: Stack;
  /** Of the local run. */
  dataDir: string;
  ledger: Ledger;
  /** To the events of the stack; nothing where it has none. */
  subscription: Subscription | undefined;
  progress: (line: string) => void;
}

/** What a ledger was compared with, and what came of it. */
export interface Conclusion {
  figures: Readonly<Record<string, number>>;
  failures: string[];
}

const noEvents: EventsReport = { findings: { untold: [], misTold: [] }, figures: {} };

/** Brings a stack to rest and compares what it keeps and shows with what its clients know. */
export async function conclude(options: ConcludeOptions): Promise<Conclusion> {
  const { dataDir, ledger, progress, stack, subscription } = options;
  progress("waiting for asynchronous functions, redriving, sweeping");
  const settlement = await settle(stack, dataDir, subscription);
  const load = { stack, ledger, client: new Client({ patienceMs }) };
  await showAll(load, progress);
  progress("taking stock");
  const stock = await takeStock(stack);
  const found = audit(ledger, stock);
  progress(`reading back ${found.images.length} images and ${found.results.length} results`);
  found.lost.push(...(await readBack(found, ledger, load)));
  progress(`reading back ${stock.records.length} records, and lists of results`);
  const records = await auditRecords(stock, load);
  found.lost.push(...records.lost);
  found.orphaned.push(...records.orphaned);
  const known = { images: found.images, stock, ledger };
  const events = subscription
    ? await awaitEvents(subscription, known, {
        before: settlement.toldBefore,
        batches: settlement.batches,
        redrive: async () => (await redriveAll(connectTo(dataDir))).batches,
        progress,
      })
    : noEvents;
  return {
    figures: { ...figuresOf(ledger, settlement, stock, found), ...events.figures },
    failures: [
      ...failuresOf(found),
      ...events.findings.untold.map((event) => `no event: ${event}`),
      ...events.findings.misTold.map((event) => `wrong event: ${event}`),
    ],
  };
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
  { records, renditions, rows, users }: Stock,
  found: Audit,
) {
  return {
    "renditions viewed": ledger.viewed,
    redriven,
    swept,
    "images kept": found.images.length,
    "renditions kept": renditions.length,
    "results kept": found.results.length,
    "records kept": records.length,
    "changes of records": ledger.records.acknowledged,
    "counts of records": total(ledger.records.counters.map(({ counted }) => counted)),
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
