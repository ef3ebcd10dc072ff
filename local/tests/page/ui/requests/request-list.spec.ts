import { strict as assert } from "node:assert";
import {
  countsOf,
  noRequests,
  type RequestListEvent,
  requestListReducer,
} from "../../../../page/ui/requests/request-list";
import { summaryOf } from "./summaries";

const after = (...events: RequestListEvent[]) => events.reduce(requestListReducer, noRequests);
const told = (...seqs: number[]): RequestListEvent => ({
  type: "told",
  requests: seqs.map((seq) => summaryOf(seq)),
});
const seqsOf = ({ requests }: typeof noRequests) => requests.map(({ seq }) => seq);

describe("the list of requests", () => {
  it("has the newest first, in whatever order they are told of", () => {
    assert.deepEqual(seqsOf(after(told(2, 1), told(4), told(3))), [4, 3, 2, 1]);
  });

  it("has each once, as it was last told of", () => {
    const begun = summaryOf(1, { status: undefined, durationMs: undefined });
    const list = after({ type: "told", requests: [begun] }, told(1));
    assert.deepEqual(list.requests, [summaryOf(1)]);
  });

  it("stands still while it is paused, and then has what came meanwhile", () => {
    const paused = after(told(1), { type: "paused" }, told(2), told(2, 3));
    assert.deepEqual(seqsOf(paused), [1]);
    assert.equal(paused.held?.length, 2);
    const resumed = requestListReducer(paused, { type: "resumed" });
    assert.deepEqual([seqsOf(resumed), resumed.held], [[3, 2, 1], undefined]);
  });

  it("never shows again what was cleared away, however it goes on", () => {
    assert.deepEqual(seqsOf(after(told(1, 2), { type: "cleared" }, told(2), told(3))), [3]);
  });

  it("stays paused when it is cleared, and forgets what was held back", () => {
    const list = after(told(1), { type: "paused" }, told(2), { type: "cleared" }, told(3));
    assert.deepEqual([seqsOf(list), list.held?.map(({ seq }) => seq)], [[], [3]]);
  });

  it("leaves out what is older than the last five hundred", () => {
    const list = after(told(...Array.from({ length: 502 }, (_, index) => index + 1)));
    assert.deepEqual([list.requests.length, seqsOf(list).at(-1)], [500, 3]);
  });

  it("counts what it has, and says where there may have been more", () => {
    const many = after(told(...Array.from({ length: 501 }, (_, index) => index + 1)));
    const paused = requestListReducer(after(told(1, 2), { type: "paused" }), told(2, 3));
    const counts = [
      countsOf(after(told(1)), 1),
      countsOf(after(told(1, 2)), 1),
      countsOf(many, 500),
      countsOf(many, 7),
      countsOf(paused, 2),
    ];
    assert.deepEqual(counts, [
      "1 request",
      "1 of 2 requests",
      "The last 500 requests",
      "7 of the last 500 requests",
      "2 requests; 1 more since the pause",
    ]);
  });
});
