import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runLogs } from "../../cli/logs";

const apiId = "763f43e3-1353-4715-99e6-64ede1493f6c";
const functionId = "636ab384-716a-4a41-a0d8-5983eed3903a";
const otherId = "199fa952-1c32-426a-b9ef-c47060a0c4ea";

const report = {
  time: "2026-01-31T12:00:02.500Z",
  type: "platform.report",
  record: {
    requestId: functionId,
    metrics: { durationMs: 73.77, memorySizeMB: 512, maxMemoryUsedMB: 83 },
    status: "success",
  },
};
const received = {
  level: "INFO",
  message: "received",
  timestamp: "2026-01-31T12:00:02.000Z",
  service: "get-image",
  function_request_id: functionId,
  requestId: apiId,
  route: "/images/{id}",
};
const failed = {
  level: "ERROR",
  message: "failed",
  timestamp: "2026-01-31T12:00:03.000Z",
  error: {
    name: "TypeError",
    message: "no such thing",
    stack: "TypeError: no such thing\n    at act (handlers/a.ts:4:2)",
    cause: { name: "Error", message: "why", stack: "Error: why\n    at b (handlers/b.ts:1:1)" },
  },
};
const access = {
  requestId: apiId,
  requestTime: "31/Jan/2026:12:00:01 +0000",
  httpMethod: "GET",
  resourcePath: "/images/{id}",
  status: "200",
  errorType: "-",
};

describe("npm run logs", () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "logs-"));
    await writeFile(join(dataDir, ".local-cloud"), "");
    await log("aws/lambda/photos-get-image-0a1b2c3", [received, report]);
    await log("aws/lambda/photos-get-image-url-0a1b2c3", []);
    await log("aws/lambda/photos-upload-4d5e6f7", [
      `2026-01-31T12:00:02.200Z\t${otherId}\tERROR\tUncaught`,
      "  second line",
      `END RequestId: ${otherId}`,
      failed,
    ]);
    await log("aws/apigateway/photos-1234567", [access]);
    await log("API-Gateway-Execution-Logs_abc/v1", [`(${apiId}) Starting execution`]);
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true });
  });

  async function log(name: string, lines: readonly (object | string)[]): Promise<void> {
    const path = join(dataDir, "logs", `${name}.log`);
    await mkdir(dirname(path), { recursive: true });
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    await appendFile(path, texts.map((text) => `${text}\n`).join(""));
  }

  /** What the command prints with these arguments, and how it ends. */
  async function run(...args: string[]) {
    let output = "";
    let errors = "";
    const { error } = console;
    console.error = (text: string) => (errors += text);
    try {
      const terminal = { write: (text: string) => (output += text) };
      const signal = new AbortController().signal;
      const exitCode = await runLogs([...args, "--data", dataDir], terminal, signal);
      return { exitCode, errors, lines: output.split("\n").slice(0, -1) };
    } finally {
      console.error = error;
    }
  }

  function clock(iso: string): string {
    const time = new Date(iso);
    return `${time.toTimeString().slice(0, 8)}.${iso.slice(20, 23)}`;
  }

  it("shows functions' logs and access logs in the order of time, with stacks as lines", async () => {
    const { lines, exitCode } = await run();
    assert.equal(exitCode, 0);
    const timed = (iso: string) => clock(`2026-01-31T12:00:${iso}Z`);
    assert.deepEqual(lines, [
      `${timed("01.000")} INFO  photos               GET /images/{id} 200 requestId=${apiId}`,
      `${timed("02.000")} INFO  photos-get-image     received requestId=${apiId} route=/images/{id}`,
      `${timed("02.200")} ERROR photos-upload        Uncaught requestId=${otherId}`,
      "      second line",
      `${timed("02.200")}       photos-upload        END RequestId: ${otherId}`,
      `${timed("02.500")}       photos-get-image     report status=success duration=73.77ms memory=83/512MB requestId=${functionId}`,
      `${timed("03.000")} ERROR photos-upload        failed`,
      "    TypeError: no such thing",
      "        at act (handlers/a.ts:4:2)",
      "    caused by Error: why",
      "        at b (handlers/b.ts:1:1)",
    ]);
  });

  it("shows lines as they are with --raw", async () => {
    const { lines } = await run("get-image", "--raw");
    assert.deepEqual(lines, [JSON.stringify(received), JSON.stringify(report)]);
  });

  for (const name of [
    "photos-get-image-0a1b2c3",
    "photos-get-image-fffffff",
    "photos-get-image",
    "get-image",
    "/aws/lambda/photos-get-image-0a1b2c3",
  ]) {
    it(`finds a function by ${name}`, async () => {
      assert.equal((await run(name)).lines.length, 2);
    });
  }

  it("finds a function by the beginning of its name, if that is enough", async () => {
    assert.equal((await run("photos-up")).lines.length, 8);
    const { errors, exitCode } = await run("photos-get");
    assert.equal(exitCode, 1);
    assert.equal(
      errors,
      'error: "photos-get" may be any of photos-get-image, photos-get-image-url: write more of the name.',
    );
  });

  it("asks whether another name was meant", async () => {
    const { errors, exitCode } = await run("get-imgae");
    assert.equal(exitCode, 1);
    assert.match(
      errors,
      /^error: There is no log of "get-imgae"\. Did you mean get-image\? There are: /,
    );
  });

  it("shows metrics that a function has logged by their values", async () => {
    const _aws = { Timestamp: 0, CloudWatchMetrics: [] };
    await log("aws/lambda/photos-sell-0a1b2c3", [
      { _aws, service: "shop", stage: "test", Sold: 2 },
    ]);
    const { lines } = await run("sell");
    assert.match(lines.join("\n"), / photos-sell metrics stage=test Sold=2$/);
  });

  it("shows one request by the API's id: access log, function and execution", async () => {
    const { lines } = await run("--request", apiId);
    assert.equal(lines.length, 4);
    for (const part of ["GET /images/{id} 200", "received", "report", "Starting execution"]) {
      assert.equal(lines.filter((line) => line.includes(part)).length, 1, part);
    }
  });

  it("shows one request of a function by the function's id", async () => {
    const { lines } = await run("--request", otherId, "--raw");
    assert.deepEqual(lines.length, 3);
  });

  it("says that there is nothing", async () => {
    const { exitCode, errors, lines } = await run("get-image", "--since", "10m");
    assert.deepEqual(
      [exitCode, errors, lines],
      [0, "photos-get-image has logged nothing since 10m.", []],
    );
    assert.equal((await run("get-image-url")).errors, "photos-get-image-url has logged nothing.");
    assert.equal((await run("--since", "2s")).errors, "This run has logged nothing since 2s.");
    assert.equal((await run()).errors, "");
  });

  it("says that no log names a request", async () => {
    const { errors, exitCode } = await run("--request", "00000000-0000-4000-8000-000000000000");
    assert.equal(exitCode, 1);
    assert.match(errors, /names the request 00000000-0000-4000-8000-000000000000/);
  });

  it("leaves out what is older than --since", async () => {
    const { lines } = await run("--since", "2026-01-31T12:00:02.300Z", "--raw");
    assert.deepEqual(lines, [JSON.stringify(report), JSON.stringify(failed)]);
    assert.deepEqual((await run("--since", "10m")).lines, []);
  });

  it("says that a folder is none of a local run", async () => {
    await rm(join(dataDir, ".local-cloud"));
    const { errors, exitCode } = await run();
    assert.equal(exitCode, 1);
    assert.match(
      errors,
      /There is no local run in the folder .*npm start, or name its folder with --data/,
    );
  });

  it("lets nothing that was logged act on the terminal", async () => {
    await log("aws/lambda/photos-upload-4d5e6f7", [{ ...failed, message: "\u001b[31mred" }]);
    const { lines } = await run("photos-upload");
    assert.ok(lines.some((line) => line.includes("\\u{1b}[31mred")));
  });

  it("follows what is written, also into new groups and files that were made anew", async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    let check: () => void = () => undefined;
    const terminal = {
      write: (text: string) => {
        seen.push(text);
        check();
      },
    };
    /** Resolves once a text was printed. */
    const printed = (text: string) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (seen.join("").includes(text)) {
            resolve();
          }
        };
        check();
      });
    const args = ["--follow", "--raw", "--data", dataDir];
    const running = runLogs(args, terminal, stop.signal);
    await printed(JSON.stringify(failed));
    await log("aws/lambda/photos-get-image-0a1b2c3", ["first half"]);
    await printed("first half\n");
    await log("aws/lambda/photos-new-0000000", ["of a new function"]);
    await printed("of a new function\n");
    const path = join(dataDir, "logs/aws/lambda/photos-get-image-0a1b2c3.log");
    await rename(path, `${path}.1`);
    await log("aws/lambda/photos-get-image-0a1b2c3", ["of a file that was made anew"]);
    await printed("of a file that was made anew\n");
    await writeFile(path, "");
    const text = await readFile(`${path}.1`, "utf8");
    assert.ok(text.includes("first half"));
    await appendFile(path, "a line that");
    await appendFile(path, " comes in parts\n");
    await printed("a line that comes in parts\n");
    stop.abort();
    assert.equal(await running, 0);
  });
});
