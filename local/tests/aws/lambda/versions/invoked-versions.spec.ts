import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { InvokeCommand } from "@aws-sdk/client-lambda";

import type { FunctionDefinition } from "../../../../aws/lambda/function-definition";
import type { LambdaOptions } from "../../../../aws/lambda/lambda-options";
import { isAlive, LocalLambda, roleArn, runtime, zipOf } from "../support/local-lambda";
import { clientOf } from "../support/sdk-client";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";

/** Tells which code runs, as which version. */
function sourceOf(text: string): string {
  return `exports.handler = async (event, context) => ({
    text: ${JSON.stringify(text)},
    variable: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    version: context.functionVersion,
    arn: context.invokedFunctionArn,
    stream: context.logStreamName,
    table: process.env.TABLE,
    pid: process.pid,
  });`;
}

describe("invocation of versions and aliases", () => {
  let dataDir: string;
  let local: LocalLambda;
  /** What is drawn where an alias leads to two versions. */
  let random: number;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "versions-"));
    random = 0;
    local = await start();
    await local.create(sourceOf("first"), { environment: { TABLE: "first" } });
    local.lambda.publishVersion("resize");
    await update("second");
    local.lambda.publishVersion("resize");
    await update("third");
  });

  afterEach(async () => {
    await local.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (overrides: Partial<LambdaOptions> = {}) =>
    LocalLambda.start({ dataDir, random: () => random, ...overrides });

  async function update(text: string, more: Partial<FunctionDefinition> = {}): Promise<void> {
    const zip = zipOf({ "index.js": sourceOf(text) });
    const definition = { name: "resize", zip, handler: "index.handler", runtime, roleArn };
    const environment = { TABLE: text };
    await local.lambda.updateFunction({ ...definition, environment, ...more });
  }

  const alias = (version: string, weights: Record<string, number> = {}) =>
    local.lambda.aliases.create({ functionName: "resize", name: "live", version, weights });

  it("runs the code and the configuration that were published", async () => {
    for (const [qualifier, text] of [
      ["1", "first"],
      ["2", "second"],
      ["$LATEST", "third"],
    ] as const) {
      const { result } = await local.invoke({}, `resize:${qualifier}`);
      assert.equal(result.text, text);
      assert.equal(result.table, text);
      assert.equal(result.version, qualifier);
      assert.equal(result.variable, qualifier);
      assert.equal(result.arn, `${arn}:${qualifier}`);
      assert.ok(String(result.stream).includes(`/[${qualifier}]`));
    }
    const { result } = await local.invoke({}, "resize");
    assert.equal(result.arn, arn);
  });

  it("goes on running a version while the function is replaced", async () => {
    const before = await local.invoke({}, "resize:1");
    await update("fourth");
    const after = await local.invoke({}, "resize:1");
    assert.equal(after.result.text, "first");
    assert.equal(after.result.pid, before.result.pid);
  });

  it("runs the version that an alias points to, by its ARN too", async () => {
    alias("1");
    assert.equal((await local.invoke({}, "resize:live")).result.text, "first");
    local.lambda.aliases.update("resize", "live", { version: "2" });
    const { result } = await local.invoke({}, `${arn}:live`);
    assert.equal(result.text, "second");
    assert.equal(result.version, "2");
    assert.equal(result.arn, `${arn}:live`);
    local.lambda.aliases.update("resize", "live", { version: "$LATEST" });
    assert.equal((await local.invoke({}, "resize:live")).result.text, "third");
  });

  it("leads to another version as often as its weight says", async () => {
    alias("1", { "2": 0.1 });
    const drawn = async (value: number) => {
      random = value;
      return (await local.invoke({}, "resize:live")).result.text;
    };
    assert.equal(await drawn(0), "second");
    assert.equal(await drawn(0.0999), "second");
    assert.equal(await drawn(0.1), "first");
    assert.equal(await drawn(0.9999), "first");
    local.lambda.aliases.update("resize", "live", { weights: { "2": 0 } });
    assert.equal(await drawn(0), "first");
    local.lambda.aliases.update("resize", "live", { weights: { "2": 1 } });
    assert.equal(await drawn(0.9999), "second");
  });

  it("tells the caller which version was executed", async () => {
    alias("1", { "2": 0.5 });
    const client = clientOf(local);
    const executed = async (FunctionName: string, Qualifier?: string) => {
      const output = await client.send(new InvokeCommand({ FunctionName, Qualifier }));
      return output.ExecutedVersion;
    };
    assert.equal(await executed("resize"), "$LATEST");
    assert.equal(await executed("resize", "1"), "1");
    assert.equal(await executed("resize", "live"), "2");
    assert.equal(await executed(`${arn}:live`), "2");
    await assert.rejects(executed("resize", "gone"), {
      name: "ResourceNotFoundException",
      message: `Function not found: ${arn}:gone`,
    });
    await assert.rejects(executed("resize", "3"), { message: `Function not found: ${arn}:3` });
    client.destroy();
  });

  it("says in the log which version it is", async () => {
    await local.invoke({}, "resize:1");
    assert.ok(local.lines.some((line) => /^START RequestId: .* Version: 1$/.test(line)));
  });

  it("measures what is invoked by an alias for the alias and the version, too", async () => {
    alias("1");
    await local.invoke({}, "resize:live");
    await local.invoke({}, "resize:1");
    await local.invoke({}, "resize");
    const series = local.metrics
      .filter(({ name, dimensions }) => name === "Errors" && "FunctionName" in dimensions)
      .map(({ dimensions }) => dimensions);
    const FunctionName = "resize";
    assert.deepEqual(series, [
      { FunctionName },
      { FunctionName, Resource: "resize:live" },
      { FunctionName, Resource: "resize:live", ExecutedVersion: "1" },
      { FunctionName },
      { FunctionName, Resource: "resize:1" },
      { FunctionName },
    ]);
  });

  it("counts versions to the reservation of the function", async () => {
    await update("third", { reservedConcurrency: 0 });
    await assert.rejects(local.invoke({}, "resize:1"), {
      code: "TooManyRequestsException",
      details: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
    });
  });

  it("needs a permission for what is invoked, not for the function", async () => {
    alias("1");
    await local.invoke({}, "resize:live");
    const [question] = local.asked;
    assert.equal(question?.action, "lambda:InvokeFunction");
    assert.equal(question.resource, `${arn}:live`);
  });

  it("keeps versions and aliases over restarts, and no number twice", async () => {
    alias("1", { "2": 0.1 });
    await local.stop();
    local = await start();
    await local.create(sourceOf("third"), { environment: { TABLE: "third" } });
    random = 0.5;
    assert.equal((await local.invoke({}, "resize:live")).result.text, "first");
    assert.equal((await local.invoke({}, "resize:2")).result.text, "second");
    assert.equal(local.lambda.publishVersion("resize").version, "3");

    local.lambda.deleteFunction("resize");
    await local.create(sourceOf("first"));
    assert.deepEqual(local.lambda.versions.of("resize"), []);
    assert.deepEqual(local.lambda.aliases.of("resize"), []);
    assert.equal(local.lambda.publishVersion("resize").version, "4");
  });

  it("publishes none at a restart with the same code and configuration", async () => {
    await local.stop();
    local = await start();
    const zip = zipOf({ "index.js": sourceOf("second") });
    const definition = { name: "resize", zip, handler: "index.handler", runtime, roleArn };
    const environment = { TABLE: "second" };
    await local.lambda.createFunction({ ...definition, environment }, true);
    assert.equal(local.lambda.versions.of("resize").length, 2);
    await local.lambda.updateFunction({ ...definition, environment: {} }, true);
    assert.equal(local.lambda.versions.of("resize").length, 3);
  });

  it("leaves nothing of a function that is deleted", async () => {
    alias("1");
    const { result } = await local.invoke({}, "resize:live");
    local.lambda.deleteFunction("resize");
    await assert.rejects(local.invoke({}, "resize:live"), { code: "ResourceNotFoundException" });
    for (const folder of ["versions", "version-code", "aliases"]) {
      assert.deepEqual(readdirSync(join(dataDir, folder)), []);
    }
    await local.stop();
    assert.equal(isAlive(result.pid), false);
    local = await start();
  });

  it("keeps no archive where nothing was published", async () => {
    const other = await LocalLambda.start();
    await other.create(sourceOf("first"));
    await other.invoke();
    assert.equal(existsSync(join(other.dataDir, "version-code")), false);
    await other.stop();
  });
});
