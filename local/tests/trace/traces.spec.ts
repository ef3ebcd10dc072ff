import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { AwsError } from "../../aws/aws-error";
import type { AuthorizationRequest, Decision } from "../../aws/iam/types";
import type { InvocationRecord, RequestRecord, RequestStart } from "../../aws/recorder";
import { Traces } from "../../trace/traces";
import type { RequestEvent, RequestTrace } from "../../trace/types";

const apiKey = "abcdefghijklmnopqrst";
const traceId = "Root=1-697df1c0-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";
const session = "arn:aws:sts::123456789012:assumed-role/resize-role/resize";

function startOf(start: Partial<RequestStart> = {}): RequestStart {
  return { source: "api", id: "request-1", method: "GET", url: "/prod/images/1", ...start };
}

function invoke(traces: Traces, request: RequestRecord, functionName = "resize"): InvocationRecord {
  return traces.beginInvocation({
    request,
    functionName,
    requestId: `${functionName}-1`,
    traceId,
    cold: true,
  });
}

function question(action: string, resource: string, arn = session): AuthorizationRequest {
  const roleArn = "arn:aws:iam::123456789012:role/resize-role";
  return { principal: { kind: "role", arn, roleArn }, action, resource };
}

const allowed: Decision = {
  allowed: true,
  reason: "allow",
  explanation: 'statement "Read" of resize-policy allows it',
};
const denied: Decision = {
  allowed: false,
  reason: "implicit-deny",
  explanation: "no statement of its policies allows it",
};

/** A trace without what depends on time. */
function timeless(trace: RequestTrace | undefined) {
  assert.ok(trace);
  const { at, durationMs, invocations, ...rest } = trace;
  assert.match(at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return {
    ...rest,
    isOver: durationMs !== undefined,
    invocations: invocations.map(({ startMs, calls, ...invocation }) => {
      assert.ok(startMs >= 0);
      return {
        ...invocation,
        calls: calls.map(({ startMs: callMs, durationMs: tookMs, ...call }) => {
          assert.ok(callMs >= startMs && tookMs !== undefined);
          return call;
        }),
      };
    }),
  };
}

describe("Traces", () => {
  it("tell of a request while it is under way and once it has ended", () => {
    const traces = new Traces();
    const request = traces.beginRequest(
      startOf({ url: "/prod/images?limit=5&token=0123456789ab" }),
    );
    const begun = {
      seq: 1,
      id: "request-1",
      source: "api",
      method: "GET",
      path: "/prod/images",
      query: [
        ["limit", "5"],
        ["token", "0123…"],
      ],
      requestBytes: 0,
      responseBytes: 0,
      invocations: [],
    };
    assert.deepEqual(timeless(traces.list()[0]), { ...begun, isOver: false });
    request.end({ status: 200, route: "/images", responseBody: Buffer.from("[]") });
    assert.deepEqual(timeless(traces.list()[0]), {
      ...begun,
      status: 200,
      route: "/images",
      responseBytes: 2,
      isOver: true,
    });
  });

  it("tell what the functions of a request did, and why their calls were allowed", async () => {
    const traces = new Traces();
    const request = traces.beginRequest(startOf());
    const invocation = invoke(traces, request);
    const resource = "arn:aws:s3:::photos/a.png";
    const call = { service: "s3", operation: "GetObject", traceId };
    await traces.call(call, async () => {
      await Promise.resolve();
      traces.decided(question("s3:GetObject", resource), allowed);
      return { status: 206 };
    });
    invocation.end({
      initMs: 90,
      durationMs: 12.5,
      logLines: ["START", '{"token":"0123456789ab"}'],
    });
    request.end({ status: 200 });
    const reason = 'statement "Read" of resize-policy allows it';
    const decision = { action: "s3:GetObject", resource, decision: "allowed" as const, reason };
    assert.deepEqual(timeless(traces.list()[0]).invocations, [
      {
        functionName: "resize",
        requestId: "resize-1",
        cold: true,
        initMs: 90,
        durationMs: 12.5,
        logLines: ["START", '{"token":"0123…"}'],
        calls: [
          {
            service: "s3",
            operation: "GetObject",
            status: 206,
            ...decision,
            decisions: [decision],
          },
        ],
      },
    ]);
  });

  it("name the refusal of a call for which several questions were asked", async () => {
    const traces = new Traces();
    const request = traces.beginRequest(startOf());
    const invocation = invoke(traces, request);
    const call = { service: "dynamodb", operation: "TransactWriteItems", traceId };
    const failing = traces.call(call, () => {
      traces.decided(question("dynamodb:PutItem", "table/one"), allowed);
      traces.decided(question("dynamodb:UpdateItem", "table/two"), denied);
      return Promise.reject(new AwsError("AccessDeniedException", "no", 400));
    });
    await assert.rejects(failing, { code: "AccessDeniedException" });
    invocation.end();
    const [found] = timeless(traces.list()[0]).invocations[0]?.calls ?? [];
    const { decisions, ...rest } = found ?? {};
    assert.deepEqual(rest, {
      service: "dynamodb",
      operation: "TransactWriteItems",
      status: 400,
      errorCode: "AccessDeniedException",
      action: "dynamodb:UpdateItem",
      resource: "table/two",
      decision: "denied",
      reason: "no statement of its policies allows it",
    });
    assert.deepEqual(
      decisions?.map(({ decision }) => decision),
      ["allowed", "denied"],
    );
  });

  it("say of a call that is refused before anything is asked that nothing was", async () => {
    const traces = new Traces();
    const invocation = invoke(traces, traces.beginRequest(startOf()));
    const call = { service: "kms", operation: "Decrypt", traceId };
    const failing = traces.call(call, () => Promise.reject(new Error("unexpected")));
    await assert.rejects(failing, { message: "unexpected" });
    invocation.end();
    const [found] = timeless(traces.list()[0]).invocations[0]?.calls ?? [];
    assert.equal(found?.decision, "not asked");
    assert.equal(found.action, "kms:Decrypt");
    assert.equal(found.status, 500);
    assert.equal(found.errorCode, "InternalError");
  });

  it("find whose call it is by the session that signed it, where it has no trace id", async () => {
    const traces = new Traces();
    const invocation = invoke(traces, traces.beginRequest(startOf()));
    const call = { service: "sqs", operation: "SendMessage" };
    await traces.call(call, () => {
      traces.decided(question("sqs:SendMessage", "queue"), allowed);
      traces.decided(question("kms:GenerateDataKey", "key"), allowed);
      return Promise.resolve();
    });
    invocation.end();
    const calls = traces.list()[0]?.invocations[0]?.calls ?? [];
    assert.equal(calls.length, 1);
    assert.deepEqual(
      calls[0]?.decisions.map(({ action }) => action),
      ["sqs:SendMessage", "kms:GenerateDataKey"],
    );
  });

  it("leave out calls of clients, of other sessions and after the end", async () => {
    const traces = new Traces();
    const request = traces.beginRequest(startOf());
    const invocation = invoke(traces, request);
    const other = "arn:aws:sts::123456789012:assumed-role/other-role/other";
    const root = { kind: "root" as const, arn: "arn:aws:iam::123456789012:root" };
    for (const asked of [
      question("s3:GetObject", "a", other),
      { ...question("s3:GetObject", "a"), principal: root },
    ]) {
      await traces.call({ service: "s3", operation: "GetObject" }, () => {
        traces.decided(asked, allowed);
        return Promise.resolve();
      });
    }
    traces.decided(question("logs:PutLogEvents", "b"), allowed);
    invocation.end();
    const result = await traces.call({ service: "s3", operation: "GetObject", traceId }, () => {
      traces.decided(question("s3:GetObject", "a"), allowed);
      return Promise.resolve("done");
    });
    assert.equal(result, "done");
    assert.deepEqual(traces.list()[0]?.invocations[0]?.calls, []);
  });

  it("tell the error of a function with the lines of its sources", () => {
    const traces = new Traces();
    const invocation = invoke(traces, traces.beginRequest(startOf()));
    const stack = () => ["handlers/resize.ts:12:7"];
    const error = { type: "TypeError", message: "bad apiKey=0123456789abc", stack };
    invocation.end({ durationMs: 3, error, logLines: [] });
    assert.deepEqual(traces.list()[0]?.invocations[0]?.error, {
      type: "TypeError",
      message: "bad apiKey=0123…",
      stack: ["handlers/resize.ts:12:7"],
    });
  });

  it("give the details of a request with its secrets masked, and what replays it with all of them", () => {
    const traces = new Traces();
    const rawHeaders = [
      "x-api-key",
      apiKey,
      "Content-Type",
      "application/json",
      "Cookie",
      "a=0123456789ab",
    ];
    const body = Buffer.from(JSON.stringify({ name: "ada", password: "correct horse" }));
    const url = "/prod/images?limit=1&sig=0123456789ab";
    const request = traces.beginRequest(
      startOf({ method: "POST", url, rawHeaders, origin: "http://127.0.0.1:4000" }),
    );
    assert.equal(traces.replayable("request-1"), undefined);
    request.end({
      status: 201,
      requestBody: body,
      responseHeaders: [
        ["Content-Type", "application/json"],
        ["Set-Cookie", "a=0123456789ab"],
      ],
      responseBody: Buffer.from('{"url":"http://h/k?X-Amz-Signature=0123456789ab"}'),
      responseBytes: 40,
    });
    const details = traces.details("request-1");
    assert.deepEqual(details?.requestHeaders, [
      ["x-api-key", "abcd…"],
      ["Content-Type", "application/json"],
      ["Cookie", "a=01…"],
    ]);
    assert.deepEqual(details.responseHeaders[1], ["Set-Cookie", "a=01…"]);
    assert.deepEqual(details.requestBody, {
      contentType: "application/json",
      size: body.length,
      truncated: false,
      text: '{"name":"ada","password":"corr…"}',
      masked: true,
    });
    assert.equal(details.responseBody?.text, '{"url":"http://h/k?X-Amz-Signature=0123…"}');
    assert.equal(details.responseBytes, 40);
    assert.equal(details.requestBytes, body.length);
    assert.deepEqual(traces.replayable("request-1"), {
      method: "POST",
      url: `http://127.0.0.1:4000${url}`,
      headers: [
        ["x-api-key", apiKey],
        ["Content-Type", "application/json"],
        ["Cookie", "a=0123456789ab"],
      ],
      body,
    });
    assert.equal(JSON.stringify([traces.list(), details]).includes(apiKey), false);
    assert.equal(traces.details("another"), undefined);
    assert.equal(traces.replayable("another"), undefined);
  });

  it("show bodies as text if they are, also compressed ones, and others in base64", () => {
    const traces = new Traces();
    const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]);
    traces.beginRequest(startOf({ rawHeaders: ["content-type", "image/png"] })).end({
      requestBody: image,
      responseHeaders: { "content-type": "text/plain", "content-encoding": "gzip" },
      responseBody: gzipSync("grün"),
    });
    const details = traces.details("request-1");
    assert.deepEqual(details?.requestBody, {
      contentType: "image/png",
      size: 5,
      truncated: false,
      base64: image.toString("base64"),
    });
    assert.equal(details.responseBody?.text, "grün");
  });

  it("keep the beginning of a long text, nothing of another long body, and replay neither", () => {
    const traces = new Traces();
    const origin = "http://127.0.0.1:4000";
    const text = Buffer.from("ü".repeat(40_000));
    for (const [id, type] of [
      ["text", "application/json"],
      ["image", "image/png"],
    ] as const) {
      traces
        .beginRequest(startOf({ id, origin, rawHeaders: ["Content-Type", type] }))
        .end({ status: 200, requestBody: text });
    }
    const kept = traces.details("text")?.requestBody;
    assert.equal(kept?.text, "ü".repeat(32_768));
    assert.equal(kept.size, 80_000);
    assert.equal(kept.truncated, true);
    const left = traces.details("image")?.requestBody;
    assert.deepEqual(left, { contentType: "image/png", size: 80_000, truncated: true, text: "" });
    assert.equal(traces.replayable("text"), undefined);
    assert.equal(traces.replayable("image"), undefined);
  });

  it("forget the oldest requests, and sooner their bodies and logs", () => {
    const traces = new Traces({ requests: 3, contents: 2, contentBytes: 1000 });
    const origin = "http://127.0.0.1:4000";
    for (const id of ["1", "2", "3", "4"]) {
      const request = traces.beginRequest(startOf({ id, origin }));
      invoke(traces, request).end({ durationMs: 1, logLines: ["line"] });
      request.end({ status: 200, requestBody: Buffer.from(id) });
    }
    assert.deepEqual(
      traces.list().map(({ id, invocations }) => [id, invocations[0]?.logLines.length]),
      [
        ["2", 0],
        ["3", 1],
        ["4", 1],
      ],
    );
    assert.equal(traces.details("1"), undefined);
    assert.equal(traces.details("2")?.requestBody, undefined);
    assert.equal(traces.details("2")?.requestBytes, 1);
    assert.equal(traces.replayable("2"), undefined);
    assert.equal(traces.details("3")?.requestBody?.text, "3");
    const large = traces.beginRequest(startOf({ id: "5", origin }));
    large.end({ status: 200, requestBody: Buffer.alloc(997, "x") });
    assert.equal(traces.details("4")?.requestBody, undefined);
    assert.equal(traces.details("5")?.requestBody?.size, 997);
  });

  it("list what began after a request", () => {
    const traces = new Traces();
    for (const id of ["1", "2", "3"]) {
      traces.beginRequest(startOf({ id }));
    }
    assert.deepEqual(
      traces.list(1).map(({ seq, id }) => [seq, id]),
      [
        [2, "2"],
        [3, "3"],
      ],
    );
  });

  it("tell those who want to know until they do no longer", () => {
    const traces = new Traces();
    const heard: [RequestEvent["kind"], number | undefined, (string | undefined)[]][] = [];
    const notices: string[] = [];
    const stop = traces.subscribe((event) => {
      if (event.kind === "notice") {
        notices.push(event.notice.type);
      } else {
        const { status, functions } = event.summary;
        heard.push([event.kind, status, functions.map(({ errorType }) => errorType)]);
      }
    });
    traces.notice({ type: "alarm", name: "errors", state: "ALARM", reason: "one error" });
    const request = traces.beginRequest(startOf());
    const error = { type: "Error", message: "", stack: () => [] };
    invoke(traces, request).end({ durationMs: 1, error, logLines: [] });
    request.end({ status: 502 });
    stop();
    traces.beginRequest(startOf({ id: "2" })).end({ status: 200 });
    assert.deepEqual(notices, ["alarm"]);
    assert.deepEqual(heard, [
      ["begun", undefined, []],
      ["invoked", undefined, ["Error"]],
      ["ended", 502, ["Error"]],
    ]);
  });

  it("make nothing of what is recorded before somebody asks", () => {
    const traces = new Traces();
    const request = traces.beginRequest(startOf());
    let asked = 0;
    const stack = () => {
      asked += 1;
      return [];
    };
    invoke(traces, request).end({
      durationMs: 1,
      error: { type: "E", message: "", stack },
      logLines: [],
    });
    request.end({ status: 200 });
    assert.equal(asked, 0);
    traces.list();
    assert.equal(asked, 1);
  });
});
