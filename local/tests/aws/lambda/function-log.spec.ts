import assert from "node:assert/strict";

import { until } from "../../engine/processes";
import { LocalLambda, roleArn } from "./support/local-lambda";

interface JsonLine {
  type?: string;
  level?: string;
  message?: unknown;
  requestId?: string;
  record?: { metrics?: Record<string, number>; status?: string; requestId?: string };
  errorType?: string;
}

describe("function log", () => {
  let local: LocalLambda;

  beforeEach(async () => {
    local = await LocalLambda.start();
  });

  afterEach(async () => {
    await local.stop();
  });

  function jsonLines(): JsonLine[] {
    return local.lines.map((line) => JSON.parse(line) as JsonLine);
  }

  it("has text lines by default, in the order of AWS", async () => {
    await local.create(`console.log("loading"); exports.handler = async () => {
      console.log("one %d", 1);
      process.stderr.write("no newline at the end");
    };`);
    await local.invoke();
    const [initStart, loading, start, , , end, report] = local.lines;
    assert.match(
      initStart ?? "",
      /^INIT_START Runtime Version: nodejs:\d+\.v0\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
    );
    assert.match(loading ?? "", /^\S+Z\tundefined\tINFO\tloading$/);
    assert.match(start ?? "", /^START RequestId: \S+ Version: \$LATEST$/);
    const output = local.lines.slice(3, 5);
    assert.ok(output.includes("no newline at the end"));
    assert.ok(output.some((line) => /^\S+Z\t[0-9a-f-]{36}\tINFO\tone 1$/.test(line)));
    assert.match(end ?? "", /^END RequestId: \S+$/);
    assert.match(
      report ?? "",
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
    );
    assert.equal(local.lines.length, 7);
  });

  it("has the lines of an invocation while it runs", async () => {
    await local.create(
      `exports.handler = async () => {
        console.log("waiting");
        await new Promise((resolve) => process.once("SIGUSR2", resolve));
        console.log("done");
        return process.pid;
      };
      console.log(process.pid);`,
      { logFormat: "JSON", timeoutSeconds: 60 },
    );
    const invocation = local.invoke();
    await until(() => local.lines.some((line) => line.includes('"waiting"')));
    const { message: pid } = jsonLines().find(({ level }) => level === "INFO") ?? {};
    process.kill(Number(pid), "SIGUSR2");
    assert.deepEqual((await invocation).result, pid);
    assert.deepEqual(
      jsonLines().map(({ type, message }) => type ?? message),
      ["platform.initStart", pid, "platform.start", "waiting", "done", "platform.report"],
    );
  });

  it("has JSON lines on request, with the console's messages wrapped", async () => {
    await local.create(
      `exports.handler = async () => {
        console.debug("hidden below INFO");
        console.log({ a: 1 });
        console.info("text", 2, 3n);
        console.log(1n);
        console.log("failed", new RangeError("why"));
        process.stdout.write('{"own":true}\\n');
      };`,
      { logFormat: "JSON" },
    );
    await local.invoke();
    const lines = jsonLines();
    assert.deepEqual(
      lines.map(({ type, message }) => type ?? message),
      [
        "platform.initStart",
        "platform.start",
        { a: 1 },
        "text 2 3n",
        "1n",
        lines[5]?.message,
        undefined,
        "platform.report",
      ],
    );
    assert.equal(lines[5]?.errorType, "RangeError");
    assert.equal(lines[2]?.requestId, lines[1]?.record?.requestId);
    const { metrics, status } = lines[7]?.record ?? {};
    assert.equal(status, "success");
    assert.deepEqual(Object.keys(metrics ?? {}), [
      "durationMs",
      "billedDurationMs",
      "memorySizeMB",
      "maxMemoryUsedMB",
      "initDurationMs",
    ]);
  });

  it("logs what a promise was rejected with that nobody handles", async () => {
    await local.create(
      `exports.handler = () => {
        Promise.reject(new RangeError("unh"));
        return new Promise(() => {});
      };`,
      { logFormat: "JSON" },
    );
    await local.invoke();
    const { reason, ...error } = jsonLines()[2]?.message as Record<
      "reason",
      Record<string, unknown>
    >;
    const { stackTrace, ...told } = reason;
    assert.partialDeepStrictEqual(error, {
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "RangeError: unh",
    });
    assert.deepEqual(told, { errorType: "RangeError", errorMessage: "unh" });
    assert.match(String((stackTrace as string[])[1]), /index\.js:2:/);
  });

  it("logs errors and reports them", async () => {
    await local.create('exports.handler = async () => { throw new Error("broken"); };', {
      logFormat: "JSON",
    });
    await local.invoke();
    const [, , error, report] = jsonLines();
    assert.equal(error?.level, "ERROR");
    assert.equal((error.message as { errorMessage: string }).errorMessage, "broken");
    assert.equal(report?.record?.status, "error");
  });

  it("writes only failures of the platform at system log level WARN", async () => {
    await local.create("exports.handler = async (event) => { if (event.fail) throw 1; };", {
      logFormat: "JSON",
      systemLogLevel: "WARN",
    });
    await local.invoke();
    assert.deepEqual(local.lines, []);
    await local.invoke({ fail: true });
    assert.deepEqual(
      jsonLines().map(({ type, level }) => type ?? level),
      ["ERROR", "platform.report"],
    );
  });

  it("reports the init phase of a cold start only", async () => {
    await local.create("exports.handler = async () => 1;");
    await local.invoke();
    await local.invoke();
    const reports = local.lines.filter((line) => line.startsWith("REPORT"));
    assert.deepEqual(
      reports.map((line) => line.includes("Init Duration")),
      [true, false],
    );
  });

  it("says when a function timed out", async () => {
    await local.create("exports.handler = () => new Promise(() => setTimeout(() => {}, 60_000));", {
      timeoutSeconds: 1,
    });
    await local.invoke();
    assert.ok(
      local.lines.some((line) => /^\S+Z \S+ Task timed out after 1\.00 seconds$/.test(line)),
    );
    assert.match(local.lines.at(-1) ?? "", /^REPORT .*\tStatus: timeout$/);
  });

  it("writes to the log group of the definition", async () => {
    local.logs.createLogGroup({ name: "own" });
    await local.create("exports.handler = async () => 1;", { logGroup: "own" });
    await local.invoke();
    assert.ok(local.lines.length > 0);
  });

  it("writes with the permissions of the function's role", async () => {
    await local.create("exports.handler = async () => 1;");
    await local.invoke();
    const asked = local.asked.filter(({ action }) => action.startsWith("logs:"));
    assert.deepEqual(
      [...new Set(asked.map(({ action }) => action))],
      ["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"],
    );
    assert.deepEqual(asked[0]?.principal, {
      kind: "role",
      arn: "arn:aws:sts::123456789012:assumed-role/function/resize",
      roleArn,
    });
    assert.match(
      asked[1]?.resource ?? "",
      /^arn:aws:logs:eu-west-1:123456789012:log-group:\/aws\/lambda\/resize:log-stream:\d{4}\//,
    );
  });

  for (const action of ["logs:PutLogEvents", "logs:CreateLogStream", "logs:CreateLogGroup"]) {
    it(`loses lines without ${action}, says so once, and runs the function all the same`, async () => {
      local.refused.add(action);
      await local.create("exports.handler = async () => 1;");
      assert.equal((await local.invoke()).result, 1);
      assert.deepEqual(local.lines, []);
      assert.equal(local.notices.length, 1);
      assert.ok(local.notices[0]?.includes(`its role may not ${action}`));
    });
  }
});
