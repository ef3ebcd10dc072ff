import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { apiEvent, context, settings } from "./support";

describe("a bundled handler", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bundle-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  for (const operation of [
    "upload-image",
    "create-upload",
    "get-upload",
    "list-images",
    "get-image",
    "get-image-content",
    "update-image",
    "delete-image",
    "process-data",
  ]) {
    it(`of ${operation} runs alone and stays small`, async () => {
      const outfile = path.join(folder, "handler.js");
      await build({
        entryPoints: [path.join(__dirname, "../../handlers", `${operation}.ts`)],
        outfile,
        bundle: true,
        minify: true,
        platform: "node",
        target: "node24",
        format: "cjs",
        mainFields: ["module", "main"],
      });
      assert.ok((await stat(outfile)).size < 1_000_000);
      const { response, logs } = await runAlone(outfile);
      assert.equal(response.statusCode, 400);
      assert.equal((JSON.parse(response.body) as { code: string }).code, "InvalidRequest");
      assert.deepEqual(
        logs.map(({ message, service }) => [message, service]),
        [
          ["received", "service-1"],
          ["failed", "service-1"],
        ],
      );
    });
  }

  /** Has a process of its own, in an otherwise empty folder, handle a request that is bad for all. */
  async function runAlone(file: string) {
    const event = apiEvent({ query: { unknown: "1" }, headers: { "Content-Type": "image/png" } });
    const script = `
      const { createHandler } = require(${JSON.stringify(file)});
      createHandler(process.env)(${JSON.stringify(event)}, ${JSON.stringify(context)})
        .then((response) => console.log(JSON.stringify({ response })));`;
    const env = { ...settings, POWERTOOLS_SERVICE_NAME: "service-1", POWERTOOLS_LOG_LEVEL: "INFO" };
    const run = promisify(execFile)(process.execPath, ["-e", script], { cwd: folder, env });
    const { stdout, stderr } = await run;
    const lines = `${stdout}\n${stderr}`.split("\n").filter(Boolean);
    const items = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const response = items.find((item) => "response" in item)?.response;
    return {
      response: response as { statusCode: number; body: string },
      logs: items.filter((item) => "message" in item),
    };
  }
});
