import assert from "node:assert/strict";
import { FunctionLog, type LogStream } from "../../../aws/lambda/function-log";
import { until } from "../../engine/processes";

const account = { accountId: "123456789012", region: "eu-central-1", partition: "aws" };

describe("log stream of a function", () => {
  let now: number;
  let appended: { lines: readonly string[]; times: number[] }[];

  beforeEach(() => {
    now = 1000;
    appended = [];
  });

  function openStream(): LogStream {
    const log = new FunctionLog({
      functionName: "resize",
      group: "/aws/lambda/resize",
      principal: { kind: "service", service: "lambda.amazonaws.com" },
      account,
      logs: {
        append: (_group, _stream, lines, times = []) => {
          appended.push({ lines, times: times.map((time) => time.getTime()) });
        },
        createLogGroup: () => undefined,
      },
      authorizer: { authorize: () => ({ allowed: true, reason: "allow", explanation: "" }) },
      clock: () => new Date(now),
      notify: (line) => assert.fail(line),
    });
    return log.open("stream");
  }

  it("writes what was held back at once with what follows, each line at its own time", () => {
    const stream = openStream();
    stream.hold(["START"]);
    now = 1005;
    stream.hold(["a line", "another"]);
    stream.write(["REPORT"]);
    assert.deepEqual(appended, [
      { lines: ["START", "a line", "another", "REPORT"], times: [1000, 1005, 1005, 1005] },
    ]);
  });

  it("writes what was held back when nothing follows", async () => {
    openStream().hold(["START"]);
    await until(() => appended.length > 0);
    assert.deepEqual(appended, [{ lines: ["START"], times: [1000] }]);
  });

  it("writes what was held back when it is asked to write nothing more", () => {
    const stream = openStream();
    stream.hold(["START"]);
    stream.write([]);
    stream.write([]);
    assert.deepEqual(appended, [{ lines: ["START"], times: [1000] }]);
  });
});
