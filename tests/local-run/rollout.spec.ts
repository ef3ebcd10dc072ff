import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { UpdateDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import { strToU8, zipSync } from "fflate";
import { connect, type ReleasableStack } from "../../scripts/release/connect";
import { routingOf } from "../../scripts/release/moves";
import { release, type ReleaseRequest } from "../../scripts/release/release";
import { call } from "../e2e/support/api";
import { waitUntil } from "../e2e/support/wait-until";
import { type FailingRun, startFailing } from "../support/failing-run";

describe("a stack with a rollout", function () {
  this.timeout(240_000);
  let run: FailingRun;
  let stack: ReleasableStack;
  let lines: string[];

  before(async () => {
    run = await startFailing({ rollout: "Canary10Percent30Minutes" });
    const connected = connect({ outputs: join(run.dataDir, "outputs.json") });
    assert.ok(connected);
    stack = connected;
  });

  after(() => run.remove());

  beforeEach(() => {
    lines = [];
  });

  /** The function that is changed. */
  const changed = () => {
    const found = stack.functions.find(({ operation }) => operation === "get-upload");
    assert.ok(found);
    return found;
  };

  /** Publishes a version that answers so, as an update of the program would. */
  async function publish(statusCode: number): Promise<void> {
    const { lambda } = run.cloud.services;
    const source = `exports.handler = async () => ({ statusCode: ${statusCode}, body: "{}" });`;
    const zip = zipSync({ "__index.js": strToU8(source) });
    const all = lambda.functions().map(({ definition }) => definition);
    const former = all.find(({ name }) => name === changed().function);
    assert.ok(former);
    await lambda.updateFunction({ ...former, zip }, true);
  }

  const ask = async () => (await call(run.stack, `/uploads/${randomUUID()}`)).status;

  const start = (more: Partial<ReleaseRequest> = {}) =>
    release({
      ...stack,
      back: false,
      check: false,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
      ...more,
    });

  it("begins with version 1 of each function, and goes on with what is live when another is published", async () => {
    assert.equal(await ask(), 404);
    for (const released of stack.functions) {
      assert.deepEqual(await routingOf(stack.lambda, released), { version: "1", weights: {} });
    }
    await publish(500);
    assert.equal(await ask(), 404);
    assert.equal(await start({ check: true }), true);
    assert.deepEqual(lines, ["get-upload 1 -> 2: would be moved"]);
  });

  it("moves a tenth of the requests, and all of them back when the alarm goes off that they set off", async () => {
    const released = start();
    await waitUntil(() => Promise.resolve(lines.includes("get-upload 1 -> 2: 10 % of requests")));
    for (let period = 0; period < 3; period++) {
      // Sooner or later it is the new version's turn.
      await waitUntil(async () => (await ask()) === 500);
      await run.afterMinutes(5);
    }
    assert.equal(await released, false, lines.join("\n"));
    assert.ok(lines.includes("get-upload 1 -> 2: back at 1"), lines.join("\n"));
    assert.match(
      lines.join("\n"),
      /^Alarm darkroom-api-failures-.*Runbook: docs\/runbooks\/api-failures\.md$/m,
    );
    for (const one of stack.functions) {
      assert.deepEqual(await routingOf(stack.lambda, one), { version: "1", weights: {} });
    }
    assert.equal(await ask(), 404);
  });

  it("moves all requests of a version that works, and back at once when it is taken back", async () => {
    await run.afterMinutes(90);
    await publish(200);
    await stack.codeDeploy.send(
      new UpdateDeploymentGroupCommand({
        applicationName: stack.application,
        currentDeploymentGroupName: changed().group,
        deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
      }),
    );
    assert.equal(await start(), true, lines.join("\n"));
    assert.equal(await ask(), 200);
    assert.equal(await start({ back: true }), true, lines.join("\n"));
    assert.equal(await ask(), 404);
  });
});
