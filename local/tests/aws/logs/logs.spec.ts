import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Logs } from "../../../aws/logs/logs";
import type { MetricDatum } from "../../../aws/types";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

describe("Logs", () => {
  let dataDir: string;
  let logs: Logs;

  function open(): Logs {
    return new Logs({
      account,
      dataDir,
      notify: (line) => assert.fail(line),
      clock: () => new Date(0),
    });
  }

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "logs-"));
    logs = open();
    await logs.start();
  });

  afterEach(async () => {
    await logs.stop();
    await rm(dataDir, { recursive: true });
  });

  it("writes the events of a group to one file, in order, one message a line", async () => {
    logs.createLogGroup({ name: "/aws/lambda/resize", retentionInDays: 30 });
    logs.append("/aws/lambda/resize", "one", ['{"a":1}', "second"]);
    logs.append("/aws/lambda/resize", "two", ["third"]);

    const file = join(dataDir, "aws/lambda/resize.log");
    assert.equal(await readFile(file, "utf8"), '{"a":1}\nsecond\nthird\n');
  });

  it("keeps the log to its owner", async () => {
    logs.createLogGroup({ name: "private" });
    const { mode } = await stat(join(dataDir, "private.log"));
    assert.equal(mode & 0o777, 0o600);
  });

  it("keeps the events of an earlier run", async () => {
    logs.createLogGroup({ name: "group" });
    logs.append("group", "stream", ["before"]);
    await logs.stop();

    logs = open();
    await logs.start();
    logs.createLogGroup({ name: "group" });
    logs.append("group", "stream", ["after"]);
    assert.equal(await readFile(join(dataDir, "group.log"), "utf8"), "before\nafter\n");
  });

  it("never leaves its folder, whatever the name", async () => {
    logs.createLogGroup({ name: "/../../outside" });
    logs.append("/../../outside", "stream", ["line"]);
    assert.equal(await readFile(join(dataDir, "%2E%2E/%2E%2E/outside.log"), "utf8"), "line\n");
  });

  it("refuses events for a group that does not exist", () => {
    assert.throws(
      () => {
        logs.append("missing", "stream", ["line"]);
      },
      { code: "ResourceNotFoundException" },
    );
  });

  it("refuses a second group of the same name", () => {
    logs.createLogGroup({ name: "group" });
    assert.throws(
      () => {
        logs.createLogGroup({ name: "group" });
      },
      {
        code: "ResourceAlreadyExistsException",
      },
    );
  });

  it("refuses names and retention periods that CloudWatch Logs does not know", () => {
    assert.throws(
      () => {
        logs.createLogGroup({ name: "a b" });
      },
      {
        code: "InvalidParameterException",
      },
    );
    assert.throws(() => {
      logs.createLogGroup({ name: "a", retentionInDays: 31 });
    }, /Invalid retention 31/);
  });

  it("has streams in existing groups only", () => {
    logs.createLogGroup({ name: "group" });
    logs.createLogStream("group", "stream");
    assert.throws(
      () => {
        logs.createLogStream("group", "stream");
      },
      {
        code: "ResourceAlreadyExistsException",
        message: "The specified log stream already exists",
      },
    );
    logs.deleteLogStream("group", "stream");
    logs.createLogStream("group", "stream");
    assert.throws(
      () => {
        logs.createLogStream("missing", "stream");
      },
      { code: "ResourceNotFoundException" },
    );
  });

  it("loses events that there is no room for, and tells once", async () => {
    await logs.stop();
    const told: string[] = [];
    const notify = (line: string) => told.push(line);
    logs = new Logs({ account, dataDir, notify, clock: () => new Date(0) });
    await logs.start();
    symlinkSync("/dev/full", join(dataDir, "full.log"));
    logs.createLogGroup({ name: "full" });
    logs.append("full", "stream", ["one"]);
    logs.append("full", "stream", ["two"]);
    assert.deepEqual(told, ["log events are lost: ENOSPC: no space left on device, write"]);
  });

  describe("with embedded metrics", () => {
    let data: MetricDatum[];
    let lines: string[];

    beforeEach(async () => {
      await logs.stop();
      [data, lines] = [[], []];
      logs = new Logs({
        account,
        dataDir,
        notify: (line) => lines.push(line),
        clock: () => new Date(5),
        metrics: { put: (datum) => data.push(datum) },
      });
      await logs.start();
      logs.createLogGroup({ name: "group" });
    });

    const event = (value: unknown) =>
      JSON.stringify({
        _aws: {
          Timestamp: 5,
          CloudWatchMetrics: [{ Namespace: "Shop", Dimensions: [[]], Metrics: [{ Name: "Sold" }] }],
        },
        Sold: value,
      });

    it("puts them, and writes the event as any other", async () => {
      logs.append("group", "stream", ["text", event(2)]);
      assert.deepEqual(data, [
        { namespace: "Shop", name: "Sold", dimensions: {}, value: 2, at: 5 },
      ]);
      assert.equal(await readFile(join(dataDir, "group.log"), "utf8"), `text\n${event(2)}\n`);
      assert.deepEqual(lines, []);
    });

    it("counts events that are wrong, and tells once of each kind", () => {
      logs.append("group", "stream", [event("2"), event("3"), event(2).slice(0, -1)]);
      const problem = { namespace: "AWS/Logs", dimensions: { LogGroupName: "group" }, value: 1 };
      assert.deepEqual(data, [
        { ...problem, name: "EMFValidationErrors" },
        { ...problem, name: "EMFValidationErrors" },
        { ...problem, name: "EMFParsingErrors" },
      ]);
      assert.deepEqual(lines, [
        "no metrics come of events of group: Sold: is no number, nor up to 100 of them",
        "no metrics come of events of group: it is no JSON object",
      ]);
    });
  });
});
