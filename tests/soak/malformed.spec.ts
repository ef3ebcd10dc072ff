import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unthrottled } from "../../scripts/soak/malformed";
import { parseAnswers } from "../../scripts/soak/malformed/connection";
import { findLeaks, formsOf } from "../../scripts/soak/malformed/leaks";
import { Acknowledged, findLeftovers } from "../../scripts/soak/malformed/leftovers";
import { outcomeProblem } from "../../scripts/soak/malformed/outcome-problem";
import { runMalformed } from "../../scripts/soak/malformed/run-malformed";
import { postJson } from "../e2e/support/api";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

describe("malformed requests", function () {
  this.timeout(120_000);
  let run: InProcessRun;

  before(async () => {
    // Requests of one route follow each other. Each process more would be started for each function.
    run = await startInProcess({ lambda: { maxEnvironments: 2 } }, unthrottled);
  });
  after(() => run.remove());

  it("are refused in one shape, and leave nothing in logs, buckets and tables", async () => {
    const target = { ...run, output: () => run.lines.join("\n") };
    const options = { seed: 1, requests: 600 };
    const { figures, failures } = await runMalformed(target, options, () => undefined);
    assert.deepEqual(failures, []);
    assert.equal(figures.Requests, 600);
  });

  it("would be told from those that left something", async () => {
    const { body } = await postJson(run.stack, "/process", { id: "unknown" });
    const { orphans } = await findLeftovers(run.stack, new Acknowledged());
    assert.ok(orphans.includes(`object ${String(body.s3Key)}`));
  });
});

describe("outcomeProblem", () => {
  const request = {
    kind: "query",
    route: "GET /images",
    bytes: Buffer.alloc(0),
    isHead: false,
    isHttp: true,
    isKeyed: false,
  };
  const error = {
    error: "It is wrong.",
    code: "InvalidRequest",
    requestId: "01234567-89ab-cdef-0123-456789abcdef",
  };
  const headers = { "content-type": "application/json", "access-control-allow-origin": "*" };
  const problem = (change: { status?: number; headers?: object; body?: object | null }) => {
    const body = Buffer.from(JSON.stringify(change.body === undefined ? error : change.body));
    const answer = { status: 400, ...change, headers: { ...headers, ...change.headers }, body };
    return outcomeProblem(request, { answers: [answer], hangs: false, milliseconds: 1 });
  };

  it("has nothing against an error of the one shape", () => {
    assert.equal(problem({}), undefined);
  });

  it("finds server errors, missing CORS headers and other shapes", () => {
    assert.match(problem({ status: 502 }) ?? "", /502/);
    assert.match(problem({ headers: { "access-control-allow-origin": "null" } }) ?? "", /CORS/);
    assert.match(problem({ body: { message: "Forbidden" } }) ?? "", /shape/);
    assert.match(problem({ body: null }) ?? "", /shape/);
    assert.match(problem({ headers: { "content-type": "text/html" } }) ?? "", /shape/);
  });

  it("finds requests without an answer", () => {
    assert.match(
      outcomeProblem(request, { answers: [], hangs: false, milliseconds: 1 }) ?? "",
      /0 times/,
    );
    const silence = { answers: [], hangs: true, milliseconds: 1 };
    assert.match(outcomeProblem(request, silence) ?? "", /not answered/);
  });
});

describe("findLeaks", () => {
  const secrets = { "a value": formsOf("soak-marker-1-"), "the key": ["k3y"] };
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "leaks-"));
    await mkdir(join(dataDir, "logs", "aws"), { recursive: true });
  });
  after(() => rm(dataDir, { recursive: true }));

  it("finds values in whichever log, as they are and in base64", async () => {
    const encoded = ["", "a", "ab"].map((before) =>
      Buffer.from(`${before}soak-marker-1-after`).toString("base64"),
    );
    const log = ["nothing", "soak-marker-1-x", ...encoded].join("\n");
    await writeFile(join(dataDir, "logs", "aws", "f.log"), log);
    const { lines, leaks } = findLeaks(dataDir, "fine\nk3y", secrets);
    assert.equal(lines, 7);
    assert.deepEqual(leaks, [
      "the key in output, line 2",
      ...[2, 3, 4, 5].map((line) => `a value in aws/f.log, line ${line}`),
    ]);
  });
});

describe("parseAnswers", () => {
  it("reads answers that follow each other, but neither interim nor partial ones", () => {
    const received =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab" +
      "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nc";
    const answers = parseAnswers(Buffer.from(received), false);
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.toString()]),
      [
        [200, "ab"],
        [204, ""],
      ],
    );
  });
});
