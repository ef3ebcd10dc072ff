import { strict as assert } from "node:assert";
import { timeBarsOf } from "../../../../page/ui/requests/time-bars";
import type { CallTrace, InvocationTrace, RequestTrace } from "../../../../trace/types";

const call = (given: Partial<CallTrace> = {}): CallTrace => ({
  service: "s3",
  operation: "PutObject",
  startMs: 20,
  durationMs: 8,
  status: 200,
  action: "s3:PutObject",
  resource: "*",
  decision: "allowed",
  reason: "",
  decisions: [],
  ...given,
});

const invocation = (given: Partial<InvocationTrace> = {}): InvocationTrace => ({
  functionName: "upload",
  requestId: "upload-1",
  cold: false,
  startMs: 2,
  durationMs: 30,
  logLines: [],
  calls: [],
  ...given,
});

const request = (given: Partial<RequestTrace> = {}): RequestTrace => ({
  seq: 1,
  id: "request-1",
  source: "api",
  at: "2030-01-31T12:00:00.000Z",
  method: "POST",
  path: "/prod/images",
  route: "/images",
  query: [],
  status: 201,
  durationMs: 50,
  requestBytes: 0,
  responseBytes: 0,
  invocations: [],
  ...given,
});

describe("the bars of a request's time", () => {
  it("have the whole of it, the loading of its function, that function, and its calls, on one axis", () => {
    const { totalMs, bars } = timeBarsOf(
      request({ invocations: [invocation({ initMs: 10, calls: [call()] })] }),
    );
    assert.equal(totalMs, 50);
    assert.deepEqual(
      bars.map(({ kind, label, startMs, durationMs, depth }) => [
        kind,
        label,
        startMs,
        durationMs,
        depth,
      ]),
      [
        ["request", "POST /images", 0, 50, 0],
        ["init", "upload: loaded", 2, 10, 1],
        ["handler", "upload", 12, 30, 1],
        ["call", "s3:PutObject", 20, 8, 2],
      ],
    );
  });

  it("reach as far as a function that goes on after the request", () => {
    const { totalMs } = timeBarsOf(
      request({ durationMs: 1, invocations: [invocation({ startMs: 5, durationMs: 95 })] }),
    );
    assert.equal(totalMs, 100);
  });

  it("have an axis while nothing has ended yet", () => {
    const { totalMs, bars } = timeBarsOf(
      request({
        durationMs: undefined,
        status: undefined,
        invocations: [invocation({ durationMs: undefined })],
      }),
    );
    assert.equal(totalMs, 2);
    assert.deepEqual(
      bars.map(({ durationMs }) => durationMs),
      [undefined, undefined],
    );
  });

  it("tell what has failed: answers of 5xx, functions with an error, calls that were denied or not served", () => {
    const error = { type: "Error", message: "", stack: [] };
    const calls = [
      call({ decision: "denied" }),
      call({ status: 503 }),
      call({ status: 412, errorCode: "PreconditionFailed" }),
      call(),
    ];
    const { bars } = timeBarsOf(
      request({ status: 500, invocations: [invocation({ error, calls })] }),
    );
    assert.deepEqual(
      bars.map(({ isFailed }) => isFailed),
      [true, true, true, true, false, false],
    );
  });
});
