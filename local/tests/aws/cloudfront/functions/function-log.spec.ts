import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "mocha";
import { functionLog } from "../../../../aws/cloudfront/functions/function-log";
import { runViewerFunction } from "../../../../aws/cloudfront/functions/viewer-function";
import { Logs } from "../../../../aws/logs/logs";
import { requestEvent } from "./events";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const code = `function handler(event) { console.log("seen " + event.request.uri); return event.request; }`;

describe("functionLog", () => {
  let dataDir: string;
  let logs: Logs;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "function-log-"));
    logs = new Logs({ account, dataDir, notify: () => undefined, clock: () => new Date() });
    await logs.start();
  });

  afterEach(async () => {
    await logs.stop();
    await rm(dataDir, { recursive: true });
  });

  const run = () =>
    runViewerFunction(
      code,
      requestEvent(),
      "viewer-request",
      functionLog(logs, "edge", "request-1"),
    );

  /** All logs of the log service, without their indexes, as one text. */
  function kept(): string {
    const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".log"));
    return files
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
      .join("");
  }

  it("keeps lines in the function's log group, with the request's id", async () => {
    logs.createLogGroup({ name: "/aws/cloudfront/function/edge" });
    await run();
    await logs.stop();
    assert.equal(kept(), "request-1 seen /media/index.html\n");
  });

  it("drops them where there is no such group", async () => {
    logs.createLogGroup({ name: "/aws/cloudfront/function/other" });
    await run();
    await logs.stop();
    assert.equal(kept(), "");
  });
});
