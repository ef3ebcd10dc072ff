import { strict as assert } from "node:assert";
import { readLogLine } from "../../../../page/ui/requests/log-line";

describe("a line of a function's log", () => {
  it("is read as structured loggers write it, without what is the same in every line", () => {
    const line = JSON.stringify({
      level: "info",
      message: "finished",
      timestamp: "2030-01-31T12:00:00.000Z",
      service: "images",
      cold_start: true,
      function_request_id: "r-1",
      status: 201,
    });
    assert.deepEqual(readLogLine(line), {
      level: "INFO",
      at: "2030-01-31T12:00:00.000Z",
      message: "finished",
      fields: { status: 201 },
      isPlatform: false,
    });
  });

  for (const line of [
    "START RequestId: 1 Version: $LATEST",
    "END RequestId: 1",
    "REPORT RequestId: 1\tDuration: 3.20 ms",
    "INIT_START Runtime Version: nodejs:24",
  ]) {
    it(`is Lambda's own where it begins as ${line.split(" ", 1)[0] ?? ""}`, () => {
      assert.deepEqual(readLogLine(line), { message: line, isPlatform: true });
    });
  }

  it("is Lambda's own where its JSON says so", () => {
    const line = JSON.stringify({
      time: "2030-01-31T12:00:00.000Z",
      type: "platform.report",
      record: { requestId: "r-1", status: "success", metrics: { durationMs: 3.2 } },
    });
    assert.deepEqual(readLogLine(line), {
      at: "2030-01-31T12:00:00.000Z",
      message: "platform.report",
      fields: { status: "success", durationMs: 3.2 },
      isPlatform: true,
    });
  });

  for (const line of ["started", "START", "{not JSON", "STARTED early", ""]) {
    it(`is what it is where it is ${JSON.stringify(line)}`, () => {
      assert.equal(readLogLine(line).message, line);
    });
  }
});
