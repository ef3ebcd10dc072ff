import { recordEtag } from "../../../handlers/records/records";
import type { ClientRequest, Outcome } from "../client";
import { endingOf } from "../ending-of";
import type { Load } from "../load";
import { apiRequest } from "../requests";
import type { PlannedRecord } from "./plan-record";
import { listResults } from "./list-results";
import type { Fields, Kept, RecordEntry } from "./record-ledger";

/** What no record has. */
const otherEtag = '"other"';

/** How often a client begins anew to count, as another was faster. */
const maxCounts = 8;

/** Does to a record what is planned, when it is its turn. */
export async function actOnRecord(plan: PlannedRecord, load: Load): Promise<void> {
  if (plan.does === "count") {
    await count(plan, load);
    return;
  }
  if (plan.does === "list results") {
    await readYourResults(plan.id, load);
    return;
  }
  const act = { put, get, delete: remove }[plan.does];
  const entry = load.ledger.records.entry(plan.id);
  await entry.inTurn(() => act(plan, entry, load));
}

/** A request of a record. */
export function recordRequest(
  { stack }: Pick<Load, "stack">,
  method: string,
  id: string,
  headers: Record<string, string> = {},
): ClientRequest {
  return apiRequest(stack, method, `/records/${encodeURIComponent(id)}`, headers);
}

async function put(plan: PlannedRecord, entry: RecordEntry, load: Load): Promise<void> {
  const fields: Fields = { ...plan.fields, id: plan.id };
  const condition = conditionOf(plan, entry);
  const outcome = await load.client.send({
    ...recordRequest(load, "PUT", plan.id, {
      "content-type": "application/json",
      ...condition?.headers,
    }),
    body: JSON.stringify(plan.fields),
  });
  if (isHeldBack(outcome, condition, `PUT of record ${plan.id}`, load)) {
    return;
  }
  settleWrite(entry, fields, outcome, `PUT of record ${plan.id}`, load);
  if (outcome.is === "done") {
    requireEtag(outcome.answer.headers, fields, `PUT of record ${plan.id}`, load);
  }
}

async function remove(plan: PlannedRecord, entry: RecordEntry, load: Load): Promise<void> {
  const condition = conditionOf(plan, entry);
  const headers = condition?.headers["if-match"] === undefined ? {} : condition.headers;
  const outcome = await load.client.send(recordRequest(load, "DELETE", plan.id, headers));
  // What is not there is deleted, whatever was meant.
  const holds = entry.known?.kept === undefined ? undefined : condition;
  if (!isHeldBack(outcome, holds, `DELETE of record ${plan.id}`, load)) {
    settleWrite(entry, undefined, outcome, `DELETE of record ${plan.id}`, load);
  }
}

async function get({ id }: PlannedRecord, entry: RecordEntry, load: Load): Promise<void> {
  const found = await readRecord(id, load);
  if (!found) {
    return;
  }
  if (!entry.mayBe(found.kept)) {
    load.ledger.complaints.push(`Record ${id} is not what was put last.`);
  }
  entry.possible = [found.kept];
}

/** What is kept under an id as its client is told; `undefined` if it is not told. */
export async function readRecord(id: string, load: Load): Promise<{ kept: Kept } | undefined> {
  const outcome = await load.client.send(recordRequest(load, "GET", id));
  if (isNotThere(outcome)) {
    return { kept: undefined };
  }
  endingOf(outcome, `GET of record ${id}`, load.ledger);
  if (outcome.is !== "done") {
    return undefined;
  }
  const { headers, bytes } = outcome.answer;
  const kept = JSON.parse(bytes.toString()) as Fields;
  requireEtag(headers, kept, `GET of record ${id}`, load);
  return { kept };
}

function isNotThere(outcome: Outcome): boolean {
  return (
    outcome.is === "refused" &&
    outcome.answer?.status === 404 &&
    outcome.answer.bytes.includes('"RecordNotFound"')
  );
}

interface Condition {
  headers: Record<string, string>;
  /** Whether it is fulfilled. */
  holds: boolean;
}

/** Only of what is known can be said whether a condition is fulfilled. */
function conditionOf({ condition }: PlannedRecord, entry: RecordEntry): Condition | undefined {
  if (condition === "none" || !entry.known) {
    return undefined;
  }
  const { kept } = entry.known;
  if (condition === "wrong") {
    return { headers: { "if-match": otherEtag }, holds: false };
  }
  return { headers: conditionOn(kept), holds: true };
}

/** That a record is as it was read, or that there is none. */
function conditionOn(kept: Kept): Record<string, string> {
  return kept ? { "if-match": recordEtag(kept) } : { "if-none-match": "*" };
}

/** Whether a condition has held a request back, as it should; complains if it should have and has not. */
function isHeldBack(
  outcome: Outcome,
  condition: Condition | undefined,
  what: string,
  { ledger }: Load,
): boolean {
  if (condition?.holds !== false) {
    return false;
  }
  if (outcome.is === "done") {
    ledger.complaints.push(`${what} was carried out in spite of its condition.`);
    return false;
  }
  if (!isHindered(outcome)) {
    endingOf(outcome, what, ledger);
  }
  return true;
}

/** Notes what a write has left, as far as its client knows. */
function settleWrite(
  entry: RecordEntry,
  written: Kept,
  outcome: Outcome,
  what: string,
  { ledger }: Load,
): void {
  // An attempt before may have done what the next one found done.
  const isDoubtful = isHindered(outcome) && outcome.mayBeDone;
  const ending = isDoubtful ? "unknown" : endingOf(outcome, what, ledger);
  if (ending === "acknowledged") {
    entry.possible = [written];
    ledger.records.acknowledged += 1;
  } else if (ending === "unknown") {
    entry.possible.push(written);
  }
}

function isHindered(outcome: Outcome): outcome is Outcome & { is: "refused" } {
  return outcome.is === "refused" && outcome.answer?.status === 412;
}

function requireEtag(headers: Headers, fields: Fields, what: string, { ledger }: Load): void {
  if (headers.get("etag") !== recordEtag(fields)) {
    ledger.complaints.push(`The ETag of ${what} is not that of the record.`);
  }
}

/** Counts a record up from what is read, again and again until nobody was faster. */
async function count({ id, fields }: PlannedRecord, load: Load): Promise<void> {
  const { client, ledger } = load;
  const counter = ledger.records.counter(id);
  for (let attempt = 0; attempt < maxCounts; attempt++) {
    const found = await readRecord(id, load);
    if (!found) {
      return;
    }
    const { kept } = found;
    const outcome = await client.send({
      ...recordRequest(load, "PUT", id, {
        "content-type": "application/json",
        ...conditionOn(kept),
      }),
      body: JSON.stringify({ ...fields, count: countOf(kept) + 1 }),
    });
    if (!isHindered(outcome) || outcome.mayBeDone) {
      const ending = isHindered(outcome) ? "unknown" : endingOf(outcome, `PUT of ${id}`, ledger);
      counter.counted += ending === "acknowledged" ? 1 : 0;
      counter.unsure += ending === "unknown" ? 1 : 0;
      return;
    }
  }
}

/** How far a record is counted. */
export function countOf(kept: Kept): number {
  return Number(kept?.count ?? 0);
}

/** Each result that was acknowledged before must be listed, newest first. */
async function readYourResults(id: string, load: Load): Promise<void> {
  const { ledger } = load;
  const known = ledger.processes.flatMap(({ plan, answer }) =>
    plan.document.id === id && answer !== undefined
      ? (JSON.parse(answer) as { s3Key: string }).s3Key
      : [],
  );
  const listed = await listResults(id, 5, load);
  if (!listed) {
    return;
  }
  const keys = new Set(listed.map(({ s3Key }) => s3Key));
  for (const key of known.filter((each) => !keys.has(each))) {
    ledger.complaints.push(`Result ${key} is not listed for ${id}.`);
  }
  const times = listed.map(({ timestamp }) => timestamp);
  if (times.some((time, index) => time > (times[index - 1] ?? time))) {
    ledger.complaints.push(`Results for ${id} are not listed newest first.`);
  }
}
