import assert from "node:assert/strict";
import { UserError } from "../../../local/cli/user-error";
import { FakeStack } from "./support/fake-stack";

const oldVersions = { "get-image": 3, "put-record": 7, "render-image": 1 };

describe("release", () => {
  it("moves all functions whose newest version is not live, and tells each change", async () => {
    const stack = new FakeStack({ "get-image": [3, 5], "put-record": [7, 7] });
    assert.equal(await stack.release(), true);
    assert.deepEqual(stack.live(), { "get-image": 5, "put-record": 7 });
    assert.deepEqual(stack.lines, [
      "get-image 3 -> 5: 10 % of requests",
      "get-image 3 -> 5: live",
      "Released: 1 of 2 functions.",
    ]);
    const [{ input } = {}] = stack.deployments;
    assert.equal(input?.applicationName, "shop");
    assert.equal(input.deploymentConfigName, undefined);
    assert.equal(input.overrideAlarmConfiguration, undefined);
  });

  it("does nothing where the newest versions are live", async () => {
    const stack = new FakeStack({ "get-image": [3, 3] });
    assert.equal(await stack.release(), true);
    assert.deepEqual(stack.lines, ["Nothing to do: the newest versions are live."]);
    assert.deepEqual(stack.deployments, []);
  });

  it("only says what it would move, if it is to check", async () => {
    const stack = new FakeStack({ "get-image": [3, 4], "put-record": [7, 7] });
    assert.equal(await stack.release({ check: true }), true);
    assert.deepEqual(stack.lines, ["get-image 3 -> 4: would be moved"]);
    assert.deepEqual(stack.deployments, []);
  });

  it("refuses while requests are being moved, and says of which functions", async () => {
    const stack = new FakeStack({ "get-image": [3, 4], "put-record": [7, 8] });
    Object.assign(stack.functions["put-record"] ?? {}, { weights: { 8: 0.1 } });
    await assert.rejects(stack.release(), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^Requests are being moved already, of put-record: wait /);
      return true;
    });
    assert.deepEqual(stack.deployments, []);
  });

  describe("of which one function's fails", () => {
    const broken = (quick: readonly string[] = []) => {
      const stack = new FakeStack({
        "get-image": [3, 4],
        "put-record": [7, 8],
        "render-image": [1, 1],
      });
      stack.broken.add("put-record");
      quick.forEach((name) => stack.quick.add(name));
      return stack;
    };

    it("names the alarm and its runbook, and leaves everything at the versions before", async () => {
      const stack = broken();
      stack.endless.add("get-image");
      assert.equal(await stack.release(), false);
      assert.deepEqual(stack.live(), oldVersions);
      assert.deepEqual(
        stack.deployments.map(({ info }) => info.status),
        ["Stopped", "Stopped"],
      );
      for (const line of [
        "put-record 7 -> 8: Stopped: ALARM_ACTIVE: Activated alarms: errors",
        "get-image 3 -> 4: Stopped: MANUAL_STOP: Stopped by request.",
        "put-record 7 -> 8: back at 7",
        "get-image 3 -> 4: back at 3",
        "Alarm errors: errors happened. Runbook: docs/runbooks/errors.md",
      ]) {
        assert.ok(stack.lines.includes(line), `${line} of:\n${stack.lines.join("\n")}`);
      }
      assert.ok(!stack.lines.some((line) => line.startsWith("Alarm latency")));
      assert.equal(stack.lines.at(-1), "Not released.");
    });

    it("takes back what was done before, at once and whatever alarms say", async () => {
      const stack = broken(["get-image"]);
      assert.equal(await stack.release(), false);
      assert.deepEqual(stack.live(), oldVersions);
      const [, , back, ...more] = stack.deployments;
      assert.deepEqual(more, []);
      assert.equal(back?.input.deploymentGroupName, "get-image");
      assert.equal(back.input.deploymentConfigName, "CodeDeployDefault.LambdaAllAtOnce");
      assert.deepEqual(back.input.overrideAlarmConfiguration, { enabled: false, alarms: [] });
      assert.ok(stack.lines.includes("get-image 4 -> 3: live"));
    });

    it("stops what has begun where CodeDeploy refuses another", async () => {
      const stack = broken();
      stack.refused.add("put-record");
      await assert.rejects(stack.release(), /CodeDeploy refuses put-record\./);
      assert.deepEqual(stack.live(), oldVersions);
      assert.deepEqual(
        stack.deployments.map(({ info }) => info.status),
        ["Stopped"],
      );
    });
  });

  it("stops what is under way when it is interrupted, and says so", async () => {
    const stack = new FakeStack({ "get-image": [3, 4], "put-record": [7, 8] });
    const controller = new AbortController();
    stack.onStep = (name) => {
      if (name === "put-record") {
        controller.abort();
      }
    };
    assert.equal(await stack.release({ signal: controller.signal }), false);
    assert.deepEqual(stack.live(), { "get-image": 3, "put-record": 7 });
    assert.deepEqual(
      stack.deployments.map(({ info }) => info.status),
      ["Stopped", "Stopped"],
    );
    assert.match(stack.lines.at(-1) ?? "", /^Stopped: CodeDeploy moves requests back\./);
  });

  describe("--back", () => {
    it("takes back the functions that the last release has moved, and no others", async () => {
      const stack = new FakeStack({ "get-image": [3, 4], "put-record": [7, 8] });
      await stack.release();
      await new Promise((resolve) => setTimeout(resolve, 2));
      Object.assign(stack.functions["put-record"] ?? {}, { newest: 9 });
      await stack.release();
      stack.lines.length = 0;
      assert.equal(await stack.release({ back: true }), true);
      assert.deepEqual(stack.live(), { "get-image": 4, "put-record": 8 });
      assert.deepEqual(stack.lines, ["put-record 9 -> 8: live"]);
      const back = stack.deployments.at(-1)?.input;
      assert.equal(back?.deploymentConfigName, "CodeDeployDefault.LambdaAllAtOnce");
      assert.deepEqual(back.autoRollbackConfiguration, { enabled: false });
    });

    it("takes back nothing twice, and nothing where there was no release", async () => {
      const stack = new FakeStack({ "get-image": [3, 4] });
      const nothing = ["Nothing to do: the last release is not live."];
      assert.equal(await stack.release({ back: true }), true);
      assert.deepEqual(stack.lines, nothing);
      await stack.release();
      await stack.release({ back: true });
      stack.lines.length = 0;
      assert.equal(await stack.release({ back: true }), true);
      assert.deepEqual(stack.lines, nothing);
      assert.deepEqual(stack.live(), { "get-image": 3 });
    });

    it("only says what it would take back, if it is to check", async () => {
      const stack = new FakeStack({ "get-image": [3, 4] });
      await stack.release();
      stack.lines.length = 0;
      await stack.release({ back: true, check: true });
      assert.deepEqual(stack.lines, ["get-image 4 -> 3: would be moved"]);
      assert.deepEqual(stack.live(), { "get-image": 4 });
    });
  });
});
