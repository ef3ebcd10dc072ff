import { isDeepStrictEqual } from "node:util";
import type { ResultItem } from "../../../handlers/records/results-table";
import { inLanes } from "../lanes";
import type { Load } from "../load";
import type { Stock } from "../stock";
import { countOf, readRecord } from "./act-on-record";
import { listResults } from "./list-results";

/** What is wrong with records and lists of results; one sentence for each thing. */
export interface RecordFindings {
  lost: string[];
  orphaned: string[];
}

/** Reads all records and lists of results back, and compares them with what clients know and with what is kept. */
export async function auditRecords(
  { records: rows, listedResults }: Pick<Stock, "listedResults" | "records">,
  load: Load,
): Promise<RecordFindings> {
  const lost: string[] = [];
  const { entries, counters } = load.ledger.records;
  await inLanes(entries, async ({ id, possible }) => {
    const found = await readRecord(id, load);
    if (!found || !possible.some((kept) => isDeepStrictEqual(kept, found.kept))) {
      lost.push(`record ${id}: ${JSON.stringify(found)}, not one of ${JSON.stringify(possible)}`);
    }
  });
  await inLanes(counters, async ({ id, counted, unsure }) => {
    const count = countOf((await readRecord(id, load))?.kept);
    if (count < counted || count > counted + unsure) {
      lost.push(`counts of ${id}: ${count} where ${counted} to ${counted + unsure} were made`);
    }
  });
  await inLanes([...new Set(listedResults.map((row) => row.id))], async (id) => {
    const kept = listedResults.filter((row) => row.id === id);
    if (!isDeepStrictEqual(keysOf(await listResults(id, 7, load)), newestFirst(kept))) {
      lost.push(`results of the list for ${id}`);
    }
  });
  const known = new Set([...entries, ...counters].map(({ id }) => id));
  const orphaned = rows.flatMap(({ id }) => (known.has(id) ? [] : `record ${id}`));
  return { lost, orphaned };
}

function keysOf(listed: readonly { s3Key: string }[] = []): string[] {
  return listed.map(({ s3Key }) => s3Key);
}

function newestFirst(rows: readonly ResultItem[]): string[] {
  return keysOf(rows.toSorted((one, other) => (one.position < other.position ? 1 : -1)));
}
