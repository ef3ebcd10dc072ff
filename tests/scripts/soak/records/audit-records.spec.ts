import assert from "node:assert/strict";
import { recordEtag } from "../../../../handlers/records/records";
import { type ResultItem, resultItem } from "../../../../handlers/records/results-table";
import type { Client, ClientRequest, Outcome } from "../../../../scripts/soak/client";
import { Ledger } from "../../../../scripts/soak/ledger";
import { auditRecords } from "../../../../scripts/soak/records/audit-records";
import type { Kept } from "../../../../scripts/soak/records/record-ledger";
import type { Stack } from "../../../e2e/support/stack";

const stack = { outputs: { apiUrl: "http://api.test", apiKey: "key" } } as unknown as Stack;
const record = { id: "r", n: 1 };

function done(body: object): Outcome {
  const headers = new Headers({ etag: recordEtag({ ...body }) });
  return { is: "done", answer: { status: 200, headers, bytes: Buffer.from(JSON.stringify(body)) } };
}

function row(resultId: string, timestamp: string): ResultItem {
  return resultItem({ resultId, id: "r", s3Key: `results/${resultId}.json`, timestamp, bytes: 1 });
}

/** What is found where a stack answers so, by path. */
async function audited(
  ledger: Ledger,
  answers: Readonly<Record<string, object>>,
  stock: { records?: { id: string }[]; listedResults?: ResultItem[] } = {},
): Promise<[lost: number, orphaned: number]> {
  const send = ({ url }: ClientRequest): Promise<Outcome> => {
    const found = answers[new URL(url).pathname];
    const bytes = Buffer.from('{"code":"RecordNotFound"}');
    const none = { status: 404, headers: new Headers(), bytes };
    return Promise.resolve(found ? done(found) : { is: "refused", why: "404", answer: none });
  };
  const client = { send } as unknown as Client;
  const { lost, orphaned } = await auditRecords(
    { records: [], listedResults: [], ...stock },
    { client, ledger, stack },
  );
  return [lost.length, orphaned.length];
}

function ledgerOf(...possible: Kept[]): Ledger {
  const ledger = new Ledger();
  ledger.records.entry("r").possible = possible;
  return ledger;
}

describe("auditRecords", () => {
  it("wants each record to be what was put last, or may have been", async () => {
    assert.deepEqual(await audited(ledgerOf(record), { "/records/r": record }), [0, 0]);
    assert.deepEqual(await audited(ledgerOf(undefined, record), { "/records/r": record }), [0, 0]);
    assert.deepEqual(await audited(ledgerOf(undefined), {}), [0, 0]);
    assert.deepEqual(await audited(ledgerOf(record), {}), [1, 0]);
    assert.deepEqual(await audited(ledgerOf(undefined), { "/records/r": record }), [1, 0]);
    const other = { ...record, n: 2 };
    assert.deepEqual(await audited(ledgerOf(record), { "/records/r": other }), [1, 0]);
  });

  it("wants every count to be there once", async () => {
    const ledger = new Ledger();
    Object.assign(ledger.records.counter("c"), { counted: 2, unsure: 1 });
    for (const [count, lost] of [
      [1, 1],
      [2, 0],
      [3, 0],
      [4, 1],
    ] as const) {
      assert.deepEqual(await audited(ledger, { "/records/c": { id: "c", count } }), [lost, 0]);
    }
  });

  it("wants all results to be listed, newest first, and no record that nobody put", async () => {
    const [older, newer] = [row("a", "2026-01-31"), row("b", "2026-02-01")];
    const listedResults = [older, newer];
    const list = (...results: ResultItem[]) => ({ "/results": { results } });
    const ledger = new Ledger();
    assert.deepEqual(await audited(ledger, list(newer, older), { listedResults }), [0, 0]);
    assert.deepEqual(await audited(ledger, list(older, newer), { listedResults }), [1, 0]);
    assert.deepEqual(await audited(ledger, list(newer), { listedResults }), [1, 0]);
    assert.deepEqual(await audited(ledgerOf(undefined), {}, { records: [{ id: "s" }] }), [0, 1]);
  });
});
