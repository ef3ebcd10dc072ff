import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { listen, close } from "../../local/aws/http";
import { lastIssuerOf } from "../../local/issuer/issuer";
import { descendantsOf } from "../../scripts/descendants";
import { assertError, call, callOnce, download, postJson } from "../e2e/support/api";
import { connect, type Stack, storedImages } from "../e2e/support/stack";
import { makeImage } from "../support/images";
import { type LocalRun, sharedLocalRun, spawnLocalRun, startLocalRun } from "../support/local-run";
import { localTokens } from "../support/local-tokens";

const startTimeoutMs = 180_000;

async function upload(stack: Stack, image: Buffer): Promise<{ imageId: string; url: string }> {
  const answer = await call(stack, "/images?userId=local", {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: image,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { imageId: String(answer.body.imageId), url: String(answer.body.url) };
}

/** The texts of all files below `folder`. */
function readAll(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

describe("a local run", function () {
  this.timeout(startTimeoutMs);
  let run: LocalRun;
  let stack: Stack;

  before(async () => {
    run = await sharedLocalRun();
    stack = connect(run.dataDir);
  });

  it("names what it creates and its outputs, and keeps the API key to itself", () => {
    assert.match(run.output(), /aws:s3:Bucket darkroom-images created/);
    assert.match(run.output(), /apiKey +: \[secret\]/);
    assert.ok(!run.output().includes(stack.outputs.apiKey));
    assert.doesNotMatch(run.output(), /recorded, not emulated/);
  });

  it("prints commands that work when they are pasted", () => {
    assert.match(run.output(), /^API_URL=http:\/\/127\.0\.0\.1:\d+\/v1$/m);
    assert.match(run.output(), /^curl "\$API_URL\/health"$/m);
  });

  it("does what the tour of the documentation says", async () => {
    const blocks = readFileSync("docs/tour.md", "utf8").matchAll(/^```sh\n([\s\S]*?)^```$/gm);
    const [start, ...commands] = [...blocks].map(([, block = ""]) => block);
    assert.equal(start, "npm ci && npm start\n");
    const script = commands.join("\n").replaceAll(/(?:\.\/)?\.local\//g, `${run.dataDir}/`);
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script]);
    assert.match(stdout, /^\{"status":"ok"\}/);
    assert.match(stdout, /"imageName":"first\.png"/);
    assert.match(stdout, /WEBP$/m);
    assert.match(stdout, /"place":"roof"[^\n]*"temperature":21\.5/);
    assert.match(stdout, /"results":\[\{/);
    assert.doesNotMatch(stdout, /"error":/);
  });

  it("lets only its owner read what holds secrets", () => {
    for (const file of ["outputs.json", "endpoints.json", "seed"]) {
      assert.equal(statSync(join(run.dataDir, file)).mode & 0o777, 0o600, file);
    }
  });

  it("logs every request, and neither keys nor bodies nor signed URLs", async () => {
    const image = await makeImage("png");
    const { url } = await upload(stack, image);
    await postJson(stack, "/process", { id: "log-probe", confidential: "body-of-a-client" });
    assertError(await callOnce(stack, "/images?cursor=forged-cursor"), 400);
    const logs = readAll(join(run.dataDir, "logs")).join("\n");
    assert.match(logs, /"finished"/);
    assert.match(logs, /"status": ?"?400/);
    const signature = new URL(url).searchParams.get("X-Amz-Signature") ?? "";
    for (const secret of [stack.outputs.apiKey, "body-of-a-client", "forged-cursor", signature]) {
      assert.ok(secret.length > 0 && !logs.includes(secret) && !run.output().includes(secret));
    }
  });
});

describe("a local run with a quota of three requests a day", function () {
  this.timeout(startTimeoutMs);
  let run: LocalRun;
  let processesAtFirst: number[];

  before(async () => {
    run = await startLocalRun(["--no-policy", "-c", "dailyRequestQuota=3"]);
    processesAtFirst = descendantsOf(run.pid);
  });
  after(() => run.remove());

  it("keeps no process that only its start needed", () => {
    assert.deepEqual(processesAtFirst, []);
  });

  it("refuses the fourth with 429, and stores nothing for it", async () => {
    const stack = connect(run.dataDir);
    for (let i = 0; i < 3; i++) {
      assert.equal((await callOnce(stack, "/images")).status, 200);
    }
    const before = await storedImages(stack);
    const answer = await callOnce(stack, "/images?userId=u", {
      method: "POST",
      headers: { "content-type": "image/png" },
      body: await makeImage("png"),
    });
    assertError(answer, 429);
    assert.deepEqual(await storedImages(stack), before);
    assert.equal((await callOnce(stack, "/health", { apiKey: null })).status, 200);
  });
});

describe("a local run with users and keys that was stopped, and killed when it had started again", function () {
  this.timeout(startTimeoutMs);
  const args = ["--no-policy", "-c", "oidcIssuer=local", "-c", "allowApiKeys=true"];
  const runs: LocalRun[] = [];
  let image: Buffer;
  let stopped: Awaited<ReturnType<typeof stop>>;
  let killed: Awaited<ReturnType<typeof kill>>;

  before(async () => {
    image = await makeImage("png");
    stopped = await stop(await start());
    killed = await kill(await start());
    await start();
  });
  after(() => runs.at(-1)?.remove());

  async function start(): Promise<LocalRun> {
    const run = await startLocalRun(args, runs[0]?.dataDir);
    runs.push(run);
    return run;
  }

  /** Stops it as Ctrl-C does. */
  async function stop(run: LocalRun) {
    const stack = connect(run.dataDir);
    const issuer = lastIssuerOf(run.dataDir);
    const authorization = `Bearer ${await localTokens(run.dataDir)("ada")}`;
    const found = await statusOfMe(stack, authorization);
    await postJson(stack, "/process", { id: "warm" });
    const children = readFileSync(`/proc/${run.pid}/task/${run.pid}/children`, "utf8")
      .trim()
      .split(" ");
    const exitCode = await run.stop("SIGINT");
    const answers = await Promise.allSettled([
      callOnce(stack, "/health"),
      fetch(issuer?.url ?? ""),
    ]);
    return { exitCode, issuer, authorization, found, children, answers };
  }

  /** Kills it when it has acknowledged an upload. */
  async function kill(run: LocalRun) {
    const stack = connect(run.dataDir);
    const found = await statusOfMe(stack, stopped.authorization);
    const { imageId } = await upload(stack, image);
    await run.stop("SIGKILL");
    return { stack, issuer: lastIssuerOf(run.dataDir), found, imageId };
  }

  async function statusOfMe({ outputs }: Stack, authorization: string): Promise<number> {
    return (await fetch(`${outputs.apiUrl}/me`, { headers: { authorization } })).status;
  }

  it("exited with 0 when it was stopped, and left neither port nor process", () => {
    assert.equal(stopped.exitCode, 0);
    assert.deepEqual(
      stopped.answers.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    for (const pid of stopped.children) {
      assert.ok(!existsSync(`/proc/${pid}`), `process ${pid} is left`);
    }
  });

  it("went on taking tokens of before, from the same issuer", () => {
    assert.deepEqual([stopped.found, killed.found], [200, 200]);
    assert.deepEqual(killed.issuer, stopped.issuer);
  });

  it("has everything that it acknowledged, under the same names and key", async () => {
    const { stack: before, imageId } = killed;
    const after = connect(runs[0]?.dataDir ?? "");
    assert.equal(after.outputs.apiKey, before.outputs.apiKey);
    assert.equal(after.outputs.imagesBucket, before.outputs.imagesBucket);
    const found = await call(after, `/images/${imageId}?url=true`);
    assert.equal(found.status, 200);
    assert.ok((await download(after, String(found.body.url))).body.equals(image));
  });

  it("answers a bland 500 without one of its tables", async () => {
    const stack = connect(runs[0]?.dataDir ?? "");
    await stack.documents.send(new DeleteTableCommand({ TableName: stack.outputs.recordsTable }));
    const answer = await postJson(stack, "/process", { id: "x" });
    assertError(answer, 500, "InternalError");
    assert.doesNotMatch(JSON.stringify(answer.body), /table|dynamo|resource/i);
  });
});

describe("a local run that cannot start", function () {
  this.timeout(startTimeoutMs);

  async function refusal(args: string[]): Promise<string> {
    const run = spawnLocalRun(args);
    try {
      assert.equal(await run.exited, 1);
      return run.output();
    } finally {
      await run.remove();
    }
  }

  it("says that the port is taken", async () => {
    const server = createServer();
    const port = await listen(server);
    try {
      const output = await refusal(["--port", String(port)]);
      assert.match(output, new RegExp(`^error: Port ${port} is taken`, "m"));
    } finally {
      await close(server);
    }
  });

  it("says which stacks there are", async () => {
    assert.match(await refusal(["--stack", "staging"]), /local.*production/);
  });

  it("lists every bad config value at once", async () => {
    const output = await refusal(["-c", "dynamoReadCapacity=4", "-c", "logRetentionDays=31"]);
    assert.match(output, /dynamoReadCapacity/);
    assert.match(output, /logRetentionDays/);
    assert.doesNotMatch(output, /aws:\S+ \S+ created/);
  });
});
