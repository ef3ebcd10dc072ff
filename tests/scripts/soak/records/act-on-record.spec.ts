import assert from "node:assert/strict";
import { recordEtag } from "../../../../handlers/records/records";
import type { Client, ClientRequest, Outcome } from "../../../../scripts/soak/client";
import { Ledger } from "../../../../scripts/soak/ledger";
import { actOnRecord } from "../../../../scripts/soak/records/act-on-record";
import type { PlannedRecord } from "../../../../scripts/soak/records/plan-record";
import type { Kept } from "../../../../scripts/soak/records/record-ledger";
import type { Stack } from "../../../e2e/support/stack";

const stack = { outputs: { apiUrl: "http://api.test", apiKey: "key" } } as unknown as Stack;
const id = "a/b";
const before = { n: 1, id };
const fields = { n: 2 };
const after = { n: 2, id };

function answer(status: number, body: object, etag = recordEtag({ ...body })) {
  const headers = new Headers({ etag });
  return { status, headers, bytes: Buffer.from(JSON.stringify(body)) };
}

const done = (body: object, etag?: string): Outcome => ({
  is: "done",
  answer: answer(200, body, etag),
});
const refused = (status: number, code: string, mayBeDone = false): Outcome => ({
  is: "refused",
  why: `${status} ${code}`,
  answer: answer(status, { code }),
  mayBeDone,
});
const unknown: Outcome = { is: "unknown" };

/** What a client that knows `possible` knows after it got these answers. */
async function act(
  plan: Partial<PlannedRecord>,
  possible: Kept[],
  ...outcomes: Outcome[]
): Promise<{ ledger: Ledger; possible: Kept[]; requests: ClientRequest[] }> {
  const ledger = new Ledger();
  const entry = ledger.records.entry(plan.id ?? id);
  entry.possible = possible;
  const requests: ClientRequest[] = [];
  const send = (request: ClientRequest) => {
    requests.push(request);
    return Promise.resolve(outcomes.shift() ?? assert.fail("too many requests"));
  };
  const client = { send } as unknown as Client;
  const planned: PlannedRecord = {
    kind: "record",
    does: "put",
    id,
    condition: "none",
    fields,
    ...plan,
  };
  await actOnRecord(planned, { client, ledger, stack });
  return { ledger, possible: entry.possible, requests };
}

const conditions = ([request]: ClientRequest[]) => {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = request?.headers ?? {};
  return [ifMatch, ifNoneMatch];
};

describe("actOnRecord", () => {
  it("knows what is kept after a write that was acknowledged, and not after one that may be done", async () => {
    const put = await act({}, [before], done(after));
    assert.deepEqual([put.possible, put.ledger.complaints], [[after], []]);
    assert.equal(put.requests[0]?.url, "http://api.test/records/a%2Fb");
    assert.deepEqual((await act({}, [before], unknown)).possible, [before, after]);
    const gone = await act({ does: "delete" }, [before, after], done({}));
    assert.deepEqual(gone.possible, [undefined]);
    assert.deepEqual((await act({ does: "delete" }, [before], unknown)).possible, [
      before,
      undefined,
    ]);
    const failed = await act({}, [before], refused(400, "InvalidRequest"));
    assert.deepEqual([failed.possible, failed.ledger.complaints.length], [[before], 1]);
  });

  it("asks for what is known to be there, or not to be", async () => {
    const right = { condition: "right" } as const;
    const put = await act(right, [before], done(after));
    assert.deepEqual(conditions(put.requests), [recordEtag(before), undefined]);
    const made = await act(right, [undefined], done(after));
    assert.deepEqual(conditions(made.requests), [undefined, "*"]);
    const unsure = await act(right, [before, after], done(after));
    assert.deepEqual(conditions(unsure.requests), [undefined, undefined]);
    const removed = await act({ ...right, does: "delete" }, [before], done({}));
    assert.deepEqual(conditions(removed.requests), [recordEtag(before), undefined]);
  });

  it("complains of a condition that is not taken for fulfilled, unless an attempt before may be why", async () => {
    const right = { condition: "right" } as const;
    const wrong = await act(right, [before], refused(412, "PreconditionFailed"));
    assert.deepEqual([wrong.possible, wrong.ledger.complaints.length], [[before], 1]);
    const again = await act(right, [before], refused(412, "PreconditionFailed", true));
    assert.deepEqual([again.possible, again.ledger.complaints], [[before, after], []]);
  });

  it("complains of a write that its condition should have held back", async () => {
    for (const does of ["put", "delete"] as const) {
      const plan = { does, condition: "wrong" } as const;
      const held = await act(plan, [before], refused(412, "PreconditionFailed"));
      assert.deepEqual([held.possible, held.ledger.complaints], [[before], []]);
      const written = await act(plan, [before], done(after));
      assert.equal(written.ledger.complaints.length, 1);
    }
    const nothing = await act({ does: "delete", condition: "wrong" }, [undefined], done({}));
    assert.deepEqual(nothing.ledger.complaints, []);
  });

  it("knows what is kept once it is read, and complains if it is something else", async () => {
    const get = { does: "get" } as const;
    assert.deepEqual((await act(get, [before, after], done(after))).possible, [after]);
    const none = await act(get, [before, undefined], refused(404, "RecordNotFound"));
    assert.deepEqual([none.possible, none.ledger.complaints], [[undefined], []]);
    const lostWhole = await act(get, [before], refused(404, "RecordNotFound"));
    assert.equal(lostWhole.ledger.complaints.length, 1);
    const lost = await act(get, [after], done(before));
    assert.equal(lost.ledger.complaints.length, 1);
    const mistagged = await act(get, [before], done(before, '"other"'));
    assert.equal(mistagged.ledger.complaints.length, 1);
  });

  it("counts from what is read until nobody was faster, and knows when it is unsure", async () => {
    const plan = { does: "count", id: "counter" } as const;
    const at = (count: number) => done({ id: "counter", count });
    const counted = await act(
      plan,
      [undefined],
      at(3),
      refused(412, "PreconditionFailed"),
      at(4),
      done({}),
    );
    assert.deepEqual(counted.ledger.records.counters, [{ id: "counter", counted: 1, unsure: 0 }]);
    assert.equal(counted.requests[3]?.body, '{"n":2,"count":5}');
    const unsure = await act(plan, [undefined], at(3), refused(412, "PreconditionFailed", true));
    assert.deepEqual(unsure.ledger.records.counters, [{ id: "counter", counted: 0, unsure: 1 }]);
  });

  it("complains of results that were acknowledged and are not listed, or not newest first", async () => {
    const list = { does: "list results" } as const;
    const row = (s3Key: string, timestamp: string) => ({ s3Key, timestamp });
    const page = (results: object[], nextCursor?: string) => done({ results, nextCursor });
    const right = await act(list, [], page([row("b", "2")], "more"), page([row("a", "1")]));
    assert.deepEqual(right.ledger.complaints, []);
    assert.match(right.requests[1]?.url ?? "", /\/results\?id=a%2Fb&limit=5&cursor=more$/);
    const reversed = await act(list, [], page([row("a", "1"), row("b", "2")]));
    assert.equal(reversed.ledger.complaints.length, 1);
  });
});

describe("a record of the ledger", () => {
  it("is changed by one after another, also after one that failed", async () => {
    const entry = new Ledger().records.entry(id);
    const order: string[] = [];
    const failing = entry.inTurn(async () => {
      await Promise.resolve();
      order.push("first");
      throw new Error("It failed.");
    });
    const next = entry.inTurn(() => Promise.resolve(void order.push("second")));
    await assert.rejects(failing, /It failed/);
    await next;
    assert.deepEqual(order, ["first", "second"]);
  });
});
