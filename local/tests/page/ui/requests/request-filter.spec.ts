import { strict as assert } from "node:assert";
import {
  functionsOf,
  isShown,
  readStatusClass,
  type RequestFilter,
} from "../../../../page/ui/requests/request-filter";
import { invoked, summaryOf } from "./summaries";

const requests = [
  summaryOf(1, { method: "POST", path: "/prod/images", functions: [invoked("upload")] }),
  summaryOf(2, { status: 304 }),
  summaryOf(3, { status: 404 }),
  summaryOf(4, { status: 502, functions: [invoked("authorize"), invoked("list", "TypeError")] }),
  summaryOf(5, { status: undefined, durationMs: undefined }),
  // An event has no status, whether its function fails or not.
  summaryOf(6, { source: "event", status: undefined, functions: [invoked("list", "Error")] }),
];

const left = (filter: RequestFilter) =>
  requests.filter((request) => isShown(request, filter)).map(({ seq }) => seq);

describe("the filter of requests", () => {
  it("leaves all when nothing is chosen", () => {
    assert.deepEqual(left({}), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(left({ text: "  " }), [1, 2, 3, 4, 5, 6]);
  });

  it("leaves those that have all words, in capitals or not", () => {
    assert.deepEqual(left({ text: "post IMAGES" }), [1]);
    assert.deepEqual(left({ text: "upload" }), [1]);
    assert.deepEqual(left({ text: "request-3" }), [3]);
    assert.deepEqual(left({ text: "post nowhere" }), []);
  });

  for (const [status, seqs] of [
    ["2xx", [1]],
    ["3xx", [2]],
    ["4xx", [3]],
    ["5xx", [4]],
    ["error", [3, 4, 6]],
    ["under way", [5]],
  ] as const) {
    it(`leaves those whose status is ${status}`, () => {
      assert.deepEqual(left({ status }), seqs);
    });
  }

  it("leaves those that invoked a function, be it not the first", () => {
    assert.deepEqual(left({ functionName: "list" }), [4, 6]);
  });

  it("offers each function once, in order", () => {
    assert.deepEqual(functionsOf(requests), ["authorize", "list", "upload"]);
  });

  it("takes from an address what is a status alone", () => {
    assert.deepEqual(
      [readStatusClass("5xx"), readStatusClass("6xx"), readStatusClass(null)],
      ["5xx", undefined, undefined],
    );
  });
});
