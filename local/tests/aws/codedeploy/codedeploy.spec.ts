import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { StopDeploymentCommand } from "@aws-sdk/client-codedeploy";
import { DeployFixture, enough, group, names, revision } from "./support/deploy-fixture";

const config = (name: string) => ({ deploymentConfigName: `CodeDeployDefault.Lambda${name}` });
const activated = (...alarms: string[]) =>
  `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${alarms.map((name) => `<${name}>`).join(" ")}`;
const at = (version: string, weights: Record<string, number> = {}) => ({ version, weights });
const canaried = at("1", { "2": 0.1 });

describe("CodeDeploy", () => {
  let fixture: DeployFixture;

  beforeEach(async () => {
    fixture = await DeployFixture.start();
  });
  afterEach(() => fixture.stop());

  describe("shifts the traffic of an alias", () => {
    it("by a canary: a tenth at once, and the rest after its minutes", async () => {
      const id = await fixture.create();
      assert.equal((await fixture.get(id)).status, "Created");
      assert.equal((await fixture.target(id)).status, "Pending");
      fixture.codeDeploy.advance();
      assert.deepEqual(fixture.alias, canaried);
      assert.equal((await fixture.get(id)).status, "InProgress");
      const { lambdaFunctionInfo, status } = await fixture.target(id);
      assert.equal(status, "InProgress");
      assert.deepEqual(lambdaFunctionInfo, {
        functionName: "pay",
        functionAlias: "live",
        currentVersion: "1",
        targetVersion: "2",
        targetVersionWeight: 0.1,
      });
      fixture.after(4.9);
      assert.deepEqual(fixture.alias, canaried);
      fixture.after(0.1);
      assert.deepEqual(fixture.alias, at("2"));
      const { completeTime, startTime, ...info } = await fixture.get(id);
      assert.equal(info.status, "Succeeded");
      assert.equal(info.creator, "user");
      assert.equal(info.errorInformation, undefined);
      assert.equal(info.rollbackInfo, undefined);
      assert.equal(info.computePlatform, "Lambda");
      assert.deepEqual(startTime, new Date("2026-01-15T10:00:00Z"));
      assert.deepEqual(completeTime, new Date("2026-01-15T10:05:00Z"));
      assert.equal((await fixture.target(id)).lambdaFunctionInfo?.targetVersionWeight, 1);
      assert.deepEqual(await fixture.events(id), [
        ["BeforeAllowTraffic", "Succeeded"],
        ["AllowTraffic", "Succeeded"],
        ["AfterAllowTraffic", "Succeeded"],
      ]);
    });

    it("by equal steps, each after its minutes", async () => {
      await fixture.begin(config("Linear10PercentEvery2Minutes"));
      const shares: (number | undefined)[] = [];
      for (let step = 0; step < 9; step++) {
        shares.push(fixture.alias.weights["2"]);
        fixture.after(1);
        assert.equal(fixture.alias.weights["2"], shares.at(-1));
        fixture.after(1);
      }
      assert.deepEqual(shares, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
      assert.deepEqual(fixture.alias, at("2"));
    });

    it("all at once", async () => {
      const id = await fixture.begin(config("AllAtOnce"));
      assert.deepEqual(fixture.alias, at("2"));
      assert.equal((await fixture.get(id)).status, "Succeeded");
    });

    it("by one step at a time, however long nobody looked", async () => {
      await fixture.begin(config("Linear10PercentEvery1Minute"));
      fixture.after(60);
      assert.deepEqual(fixture.alias, at("1", { "2": 0.2 }));
    });

    it("back to a version from before, too", async () => {
      fixture.aliases.update("pay", "live", at("3"));
      await fixture.begin({
        ...config("AllAtOnce"),
        revision: revision({ CurrentVersion: "3", TargetVersion: "2" }),
      });
      assert.deepEqual(fixture.alias, at("2"));
    });

    it("and says so", async () => {
      const id = await fixture.begin();
      fixture.after(5);
      assert.deepEqual(
        fixture.lines.filter((line) => line.startsWith("deployment")),
        [
          `deployment ${id}: 10 % of the traffic of pay:live goes to version 2`,
          `deployment ${id}: 100 % of the traffic of pay:live goes to version 2`,
          `deployment ${id}: Succeeded`,
        ],
      );
    });
  });

  describe("watches alarms", () => {
    it("and rolls back by a deployment of its own when one goes off", async () => {
      const id = await fixture.begin();
      fixture.setAlarm("ALARM");
      fixture.after(0.1);
      assert.deepEqual(fixture.alias, at("1"));
      const stopped = await fixture.get(id);
      assert.equal(stopped.status, "Stopped");
      assert.deepEqual(stopped.errorInformation, {
        code: "ALARM_ACTIVE",
        message: activated("errors"),
      });
      const rollbackId = stopped.rollbackInfo?.rollbackDeploymentId ?? "";
      assert.deepEqual(stopped.rollbackInfo, {
        rollbackDeploymentId: rollbackId,
        rollbackMessage: `Deployment ${id} terminated. Automatic rollback is triggered with a DeploymentId ${rollbackId}.`,
      });
      assert.deepEqual(await fixture.events(id), [
        ["BeforeAllowTraffic", "Succeeded"],
        ["AllowTraffic", "Failed"],
        ["AfterAllowTraffic", "Skipped"],
      ]);
      assert.equal((await fixture.target(id)).status, "Failed");
      const rollback = await fixture.get(rollbackId);
      assert.equal(rollback.status, "Succeeded");
      assert.equal(rollback.creator, "codeDeployRollback");
      assert.equal(rollback.deploymentConfigName, "CodeDeployDefault.LambdaAllAtOnce");
      assert.deepEqual(rollback.rollbackInfo, {
        rollbackTriggeringDeploymentId: id,
        rollbackMessage: `Deployment ${rollbackId} is triggered to roll back deployment ${id}.`,
      });
      const { lambdaFunctionInfo } = await fixture.target(rollbackId);
      assert.equal(lambdaFunctionInfo?.currentVersion, "2");
      assert.equal(lambdaFunctionInfo.targetVersion, "1");
    });

    it("before it shifts anything: one that is on already stops it at once", async () => {
      fixture.setAlarm("ALARM");
      const id = await fixture.begin();
      assert.deepEqual(fixture.alias, at("1"));
      const { errorInformation, rollbackInfo, status } = await fixture.get(id);
      assert.equal(status, "Stopped");
      assert.equal(errorInformation?.message, activated("errors"));
      assert.equal((await fixture.get(rollbackInfo?.rollbackDeploymentId)).status, "Succeeded");
      assert.equal((await fixture.target(id)).status, "Skipped");
    });

    it("and does not roll back where that is not what the group is rolled back after", async () => {
      fixture.declare({ ...group, rollback: { enabled: true, events: ["DEPLOYMENT_FAILURE"] } });
      const id = await fixture.begin();
      fixture.setAlarm("ALARM");
      fixture.after(0.1);
      assert.deepEqual(fixture.alias, canaried);
      const { rollbackInfo, status } = await fixture.get(id);
      assert.deepEqual([status, rollbackInfo], ["Stopped", undefined]);
    });

    it("and does not roll back where rollbacks are disabled, whatever the events", async () => {
      fixture.declare({ ...group, rollback: { ...group.rollback, enabled: false } });
      await fixture.begin();
      fixture.setAlarm("ALARM");
      fixture.after(0.1);
      assert.deepEqual(fixture.alias, canaried);
    });

    it("of the deployment, where it has its own", async () => {
      const overrideAlarmConfiguration = { enabled: false };
      const id = await fixture.begin({ overrideAlarmConfiguration });
      fixture.setAlarm("ALARM");
      fixture.after(5);
      assert.equal((await fixture.get(id)).status, "Succeeded");
    });

    it("and stops where there is no such alarm on a metric, or the role may not look", async () => {
      const alarms = { ...group.alarms, alarms: ["errors", "gone"] };
      fixture.declare({ ...group, alarms });
      const missing = (await fixture.get(await fixture.begin())).errorInformation;
      assert.equal(missing?.code, "ALARM_ACTIVE");
      assert.match(missing.message ?? "", /there is no such alarm on a metric\. Alarms: <gone>$/);
      // It is decided on all alarms, whichever it is asked for.
      const Resource = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors";
      const byName = { Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource };
      for (const further of [[], [byName]]) {
        const Statement = [...enough.slice(0, 2), ...further];
        const document = JSON.stringify({ Version: "2012-10-17", Statement });
        fixture.iam.putRolePolicy("deployer", "own", document);
        fixture.declare();
        const denied = (await fixture.get(await fixture.begin())).errorInformation;
        assert.match(denied?.message ?? "", /does not allow cloudwatch:DescribeAlarms/);
      }
      assert.deepEqual(fixture.alias, at("1"));
    });

    it("and goes on without them where the group says so", async () => {
      const alarms = { enabled: true, ignorePollAlarmFailure: true, alarms: ["errors", "gone"] };
      fixture.declare({ ...group, alarms });
      const id = await fixture.begin();
      fixture.after(5);
      assert.equal((await fixture.get(id)).status, "Succeeded");
      assert.deepEqual(fixture.alias, at("2"));
    });
  });

  describe("stops a deployment that somebody asks it to", () => {
    const stop = (deploymentId: string, autoRollbackEnabled?: boolean) =>
      fixture.client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }));

    it("and rolls back as its group says", async () => {
      const id = await fixture.begin();
      assert.equal((await stop(id)).status, "Succeeded");
      fixture.codeDeploy.advance();
      assert.deepEqual(fixture.alias, at("1"));
      const { errorInformation, rollbackInfo, status } = await fixture.get(id);
      assert.deepEqual([status, errorInformation?.code], ["Stopped", "MANUAL_STOP"]);
      assert.equal((await fixture.get(rollbackInfo?.rollbackDeploymentId)).status, "Succeeded");
    });

    it("and rolls back where the request says so, and the group does not", async () => {
      fixture.declare({ ...group, rollback: { enabled: false, events: [] } });
      await stop(await fixture.begin(), true);
      fixture.codeDeploy.advance();
      assert.deepEqual(fixture.alias, at("1"));
    });

    it("and leaves the alias where it is without a rollback, from where nothing is deployed", async () => {
      await stop(await fixture.begin(), false);
      fixture.after(60);
      assert.deepEqual(fixture.alias, canaried);
      const { errorInformation, status } = await fixture.get(await fixture.begin());
      assert.equal(status, "Failed");
      assert.deepEqual(errorInformation, {
        code: "INVALID_LAMBDA_CONFIGURATION",
        message:
          "The alias live of the Lambda function pay leads to version 1, and to 2 by 0.1, and not to 1 alone, as the AppSpec says",
      });
    });

    it("before it has begun, too", async () => {
      const id = await fixture.create();
      await stop(id, false);
      fixture.codeDeploy.advance();
      assert.deepEqual(fixture.alias, at("1"));
      assert.equal((await fixture.get(id)).status, "Stopped");
    });

    it("and no other", async () => {
      const id = await fixture.begin(config("AllAtOnce"));
      await assert.rejects(stop(id), { name: "DeploymentAlreadyCompletedException" });
      await assert.rejects(stop("d-000000000"), { name: "DeploymentDoesNotExistException" });
      await assert.rejects(stop("first"), { name: "InvalidDeploymentIdException" });
    });
  });

  describe("lets a deployment fail", () => {
    const failure = async (change: Record<string, unknown> = {}) => {
      const id = await fixture.begin({ revision: revision(change) });
      const { errorInformation, status } = await fixture.get(id);
      assert.equal(status, "Failed");
      return errorInformation;
    };
    const allowAllBut = (action: string) => {
      const Statement = [...enough, { Effect: "Deny", Action: action, Resource: "*" }];
      fixture.iam.putRolePolicy(
        "deployer",
        "own",
        JSON.stringify({ Version: "2012-10-17", Statement }),
      );
    };

    it("whose alias leads elsewhere", async () => {
      fixture.aliases.update("pay", "live", at("3"));
      assert.equal((await failure())?.code, "INVALID_LAMBDA_CONFIGURATION");
    });

    it("of a function or an alias that there is not", async () => {
      for (const change of [{ Name: "pey" }, { Alias: "next" }]) {
        fixture.iam.putRolePolicy(
          "deployer",
          "own",
          JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["lambda:*", "cloudwatch:*"], Resource: "*" }],
          }),
        );
        assert.equal((await failure(change))?.code, "INVALID_LAMBDA_FUNCTION");
      }
    });

    it("to a version that there is not, as Lambda says", async () => {
      const told = await failure({ TargetVersion: "9" });
      assert.equal(told?.code, "INVALID_LAMBDA_FUNCTION");
      assert.match(told.message ?? "", /^Function not found: /);
      assert.deepEqual(fixture.alias, at("1"));
    });

    for (const action of ["GetAlias", "UpdateAlias", "GetProvisionedConcurrencyConfig"]) {
      it(`whose role does not allow lambda:${action}`, async () => {
        allowAllBut(`lambda:${action}`);
        const told = await failure();
        assert.equal(told?.code, "IAM_ROLE_PERMISSIONS");
        assert.match(told.message ?? "", new RegExp(`does not allow lambda:${action} on arn:aws`));
        assert.deepEqual(fixture.alias, at("1"));
      });
    }

    it("whose role is gone", async () => {
      fixture.iam.deleteRolePolicy("deployer", "own");
      fixture.iam.deleteRole("deployer");
      assert.equal((await failure())?.code, "IAM_ROLE_PERMISSIONS");
    });

    it("and rolls back what it has shifted", async () => {
      const id = await fixture.begin();
      allowAllBut("lambda:UpdateAlias");
      fixture.after(5);
      const { rollbackInfo, status } = await fixture.get(id);
      assert.equal(status, "Failed");
      // The rollback may not, either, and is not rolled back in turn.
      const rollback = await fixture.get(rollbackInfo?.rollbackDeploymentId);
      assert.equal(rollback.status, "Failed");
      assert.equal(rollback.rollbackInfo?.rollbackDeploymentId, undefined);
      assert.deepEqual(fixture.alias, canaried);
    });
  });

  it("takes no second deployment to a group while one is under way", async () => {
    const id = await fixture.create();
    const limited = {
      name: "DeploymentLimitExceededException",
      message: `The Deployment Group 'pay' already has an active Deployment '${id}'`,
    };
    await assert.rejects(fixture.create(), limited);
    fixture.codeDeploy.advance();
    await assert.rejects(fixture.create(), limited);
    fixture.after(5);
    await fixture.create({ revision: revision({ CurrentVersion: "2", TargetVersion: "3" }) });
  });

  it("refuses a group whose role it may not take on", () => {
    fixture.createRole("other", enough, "lambda.amazonaws.com");
    const other = "arn:aws:iam::123456789012:role/other";
    assert.throws(
      () => {
        fixture.codeDeploy.putGroup({ ...group, roleArn: other });
      },
      {
        code: "InvalidRoleException",
        message: `AWS CodeDeploy does not have the permissions required to assume the role ${other}.`,
      },
    );
  });

  it("goes on with deployments after a restart, once the program has run", async () => {
    const id = await fixture.begin();
    await fixture.restart();
    fixture.after(5);
    assert.deepEqual(fixture.alias, canaried);
    fixture.declare();
    assert.equal((await fixture.get(id)).status, "InProgress");
    fixture.codeDeploy.advance();
    assert.deepEqual(fixture.alias, at("2"));
    assert.equal((await fixture.get(id)).status, "Succeeded");
    await fixture.restart();
    fixture.declare();
    assert.equal((await fixture.get(id)).status, "Succeeded");
  });

  it("forgets the deployments of a group that is deleted", async () => {
    const id = await fixture.begin();
    fixture.codeDeploy.deleteApplication({ id: "app", name: "shop" });
    fixture.after(5);
    assert.deepEqual(fixture.alias, canaried);
    fixture.declare();
    await assert.rejects(fixture.get(id), { name: "DeploymentDoesNotExistException" });
    await fixture.restart();
    await assert.rejects(fixture.get(id), { name: "DeploymentDoesNotExistException" });
  });

  it("keeps deployments with their group when either is called otherwise", async () => {
    const id = await fixture.begin();
    fixture.codeDeploy.groups.putApplication({ id: "app", name: "store" });
    fixture.codeDeploy.putGroup({ ...group, application: "store", name: "paying" });
    const { applicationName, deploymentGroupName } = await fixture.get(id);
    assert.deepEqual([applicationName, deploymentGroupName], ["store", "paying"]);
    await assert.rejects(fixture.create(names), { name: "ApplicationDoesNotExistException" });
  });

  it("does by itself what is due, from when it is resumed until it is stopped", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const { codeDeploy } = fixture;
      await codeDeploy.start();
      const shift = {
        ...{ functionName: "pay", alias: "live" },
        ...{ currentVersion: "1", targetVersion: "2" },
      };
      const content = { revisionType: "String", content: "", sha256: "" } as const;
      const { configName } = group;
      codeDeploy.deploy(group, { creator: "user", configName, revision: content, shift });
      mock.timers.tick(1000);
      assert.deepEqual(fixture.alias, at("1"));
      codeDeploy.resume();
      mock.timers.tick(0);
      assert.deepEqual(fixture.alias, canaried);
      fixture.now = new Date(fixture.now.getTime() + 5 * 60_000);
      await codeDeploy.stop();
      mock.timers.tick(1000);
      assert.deepEqual(fixture.alias, canaried);
      codeDeploy.resume();
      mock.timers.tick(0);
      assert.deepEqual(fixture.alias, at("2"));
    } finally {
      mock.timers.reset();
    }
  });

  it("goes on where a disk does not take how deployments stand", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      await fixture.create();
      rmSync(join(fixture.dataDir, "deployments"), { recursive: true });
      fixture.codeDeploy.resume();
      mock.timers.tick(0);
      assert.match(fixture.lines.at(-1) ?? "", /^CodeDeploy could not keep how .*: ENOENT: /);
      fixture.now = new Date(fixture.now.getTime() + 5 * 60_000);
      mock.timers.tick(1000);
      assert.deepEqual(fixture.alias, at("2"));
    } finally {
      mock.timers.reset();
    }
  });
});
