import assert from "node:assert/strict";
import { createColors } from "picocolors";
import { Printer } from "../../cli/printer";
import type { OutputFormat } from "../../cli/printer";
import { formatRequest, requestLines } from "../../cli/request-lines";
import { Traces } from "../../trace/traces";
import type { RequestSummary } from "../../trace/types";

const plain = createColors(false);
const at = "2026-01-31T12:03:04.567Z";
const time = new Date(at).toTimeString().slice(0, 8);

function summary(changes: Partial<RequestSummary> = {}): RequestSummary {
  return {
    seq: 1,
    id: "r-1",
    source: "api",
    at,
    method: "GET",
    path: "/v1/images/3f2a",
    route: "/images/{id}",
    status: 200,
    durationMs: 35.4,
    requestBytes: 0,
    responseBytes: 10,
    functions: [{ functionName: "photos-get-image-0a1b2c3", requestId: "f-1", cold: true }],
    ...changes,
  };
}

/** The line without the time that it begins with. */
function lineOf(changes: Partial<RequestSummary> = {}, columns = 80): string {
  const line = formatRequest(summary(changes), { colors: plain, columns });
  assert.ok(line.startsWith(`${time} `), line);
  return line.slice(time.length + 1);
}

describe("formatRequest", () => {
  it("tells method, route, status, time taken, function and whether it was cold", () => {
    assert.equal(lineOf(), "GET      /images/{id}       200       35 ms  photos-get-image cold");
    const warm = [{ functionName: "photos-list", requestId: "f", cold: false }];
    assert.equal(
      lineOf({ method: "OPTIONS", route: "/images", functions: warm }),
      "OPTIONS  /images            200       35 ms  photos-list warm",
    );
  });

  it("has the path where the terminal has room for it, and all of it where lines are not cut", () => {
    const wide = lineOf({ path: `/v1/images/${"x".repeat(100)}` }, 120);
    assert.equal(wide.length + time.length + 1, 120);
    assert.match(wide, / {2}\/v1\/images\/x+…$/);
    const path = `/v1/images/${"x".repeat(100)}`;
    const endless = formatRequest(summary({ path }), { colors: plain, columns: undefined });
    assert.ok(endless.endsWith(`  ${path}`));
  });

  it("keeps columns where they are, whatever is in them", () => {
    const long = lineOf({ route: "/a/very/long/route/that/never/ends" });
    assert.equal(long, "GET      /a/very/long/rout… 200       35 ms  photos-get-image cold");
    assert.match(lineOf({ durationMs: 29_012 }), /200 {6}29\.0 s /);
  });

  it("tells of all functions that a request took, authorizers first", () => {
    const functions = [
      { functionName: "photos-authorize-1234567", requestId: "f-1", cold: true },
      { functionName: "photos-get-image-0a1b2c3", requestId: "f-2", cold: false },
    ];
    assert.match(lineOf({ functions }), / {2}photos-authorize photos-get-image cold$/);
  });

  it("tells that no function was asked, and that the client has gone", () => {
    assert.match(lineOf({ status: 403, functions: [] }), /403 {7}35 ms {2}-$/);
    assert.match(lineOf({ status: undefined }), / gone /);
  });

  it("tells of the edge what its cache did", () => {
    const edge = { source: "edge" as const, route: undefined, path: "/i/1", functions: [] };
    assert.match(lineOf({ ...edge, cache: "Hit" }), /^GET {6}\/i\/1 .* {2}edge hit$/);
  });

  it("tells of an event whether the last attempt succeeded, and how long it took", () => {
    const failed = { functionName: "a", requestId: "e", cold: true, durationMs: 3, errorType: "E" };
    const good = { functionName: "a", requestId: "e", cold: false, durationMs: 7 };
    const event = { source: "event" as const, method: "EVENT", path: "bucket", route: undefined };
    assert.match(lineOf({ ...event, functions: [failed] }), /failed +3 ms {2}a cold$/);
    assert.match(lineOf({ ...event, functions: [failed, good] }), /ok +7 ms {2}a warm$/);
    const schedule = { ...event, source: "schedule" as const, method: "SCHEDULE" };
    assert.match(
      lineOf({ ...schedule, path: "rule/nightly", functions: [good] }),
      /^SCHEDULE rule\//,
    );
  });

  it("colours statuses by their class", () => {
    const colors = createColors(true);
    const colored = (status: number) =>
      formatRequest(summary({ status }), { colors, columns: 80 }).includes(
        {
          2: colors.green("200   "),
          3: colors.cyan("304   "),
          4: colors.yellow("404   "),
          5: colors.red("502   "),
        }[Math.floor(status / 100)] ?? "",
      );
    assert.deepEqual([200, 304, 404, 502].map(colored), [true, true, true, true]);
  });

  it("lets nothing of a client's act on the terminal", () => {
    assert.match(lineOf({ route: undefined, path: "/\u009b31m" }), /\/\\u\{9b\}31m/);
  });
});

describe("requestLines", () => {
  /** What is printed of a request and of an event with two attempts. */
  function printed(format: OutputFormat): string[] {
    const lines: string[] = [];
    const traces = new Traces();
    traces.subscribe(requestLines(new Printer({ format, write: (text) => lines.push(text) })));
    traces
      .beginRequest({
        source: "api",
        id: "r-1",
        method: "GET",
        url: "/v1/a?X-Amz-Signature=secret",
      })
      .end({ status: 200 });
    const request = traces.beginRequest({ source: "event", id: "e", method: "EVENT", url: "b" });
    for (const traceId of ["1", "2"]) {
      const start = { request, functionName: "f", requestId: "e", traceId, cold: false };
      traces.beginInvocation(start).end({ durationMs: 1, logLines: [] });
    }
    request.end({ status: 200 });
    return lines;
  }

  it("prints a request once it has ended, and each attempt of an event", () => {
    const lines = printed("text");
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? "", /GET +\/v1\/a +200/);
    assert.match(lines[1] ?? "", /EVENT +b +ok/);
    assert.equal(lines.join("").includes("secret"), false);
  });

  it("prints them as JSON", () => {
    const records = printed("json").map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      records.map(({ type, id }) => [type, id]),
      [
        ["request", "r-1"],
        ["attempt", "e"],
        ["attempt", "e"],
      ],
    );
    assert.equal(records[0]?.path, "/v1/a");
  });

  it("prints nothing of them when it is to be quiet", () => {
    assert.deepEqual(printed("quiet"), []);
  });
});
