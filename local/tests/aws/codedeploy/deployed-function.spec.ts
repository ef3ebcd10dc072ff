import assert from "node:assert/strict";
import { CloudWatchClient, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import {
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  waitUntilDeploymentSuccessful,
} from "@aws-sdk/client-codedeploy";
import {
  CreateAliasCommand,
  GetAliasCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import type { RunningCloud } from "../../../cloud";
import { CloudOfClients } from "../endpoint/support/cloud-of-clients";
import { runtime, zipOf } from "../lambda/support/local-lambda";
import { alarm, appSpec, group, names } from "./support/deploy-fixture";

const FunctionName = "pay";
const roleArn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** With all services as they are in a run, and nothing but their APIs to move them. */
describe("a function that CodeDeploy deploys in the local cloud", () => {
  let lab: CloudOfClients;
  let cloud: RunningCloud;
  let lambda: LambdaClient;
  let codeDeploy: CodeDeployClient;

  before(async () => {
    lab = await CloudOfClients.start();
    ({ cloud } = lab);
    lambda = lab.client(LambdaClient);
    codeDeploy = lab.client(CodeDeployClient);
    createRole("worker", "lambda.amazonaws.com", ["logs:*"]);
    createRole("deployer", "codedeploy.amazonaws.com", ["lambda:*", "cloudwatch:DescribeAlarms"]);
    cloud.services.cloudwatch.putAlarm(alarm);
    await cloud.services.lambda.createFunction(definitionOf("first"));
    await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    cloud.services.codedeploy.groups.putApplication({ id: "app", name: "shop" });
    cloud.services.codedeploy.putGroup({ ...group, roleArn: roleArn("deployer") });
    cloud.resume();
  });

  after(() => lab.stop());

  function createRole(name: string, Service: string, Action: string[]): void {
    const trust = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    cloud.iam.createRole({ name, assumeRolePolicy });
    const Statement = [{ Effect: "Allow", Action, Resource: "*" }];
    cloud.iam.putRolePolicy(name, "own", JSON.stringify({ Version: "2012-10-17", Statement }));
  }

  function definitionOf(text: string) {
    const source = `exports.handler = async () => ${JSON.stringify(text)};`;
    return {
      name: FunctionName,
      zip: zipOf({ "index.js": source }),
      handler: "index.handler",
      runtime,
      roleArn: roleArn("worker"),
    };
  }

  async function publish(text: string): Promise<string> {
    await cloud.services.lambda.updateFunction(definitionOf(text));
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    return Version ?? assert.fail("no version");
  }

  async function deploy(properties: Record<string, unknown>, config: string): Promise<string> {
    const content = appSpec(properties);
    const { deploymentId } = await codeDeploy.send(
      new CreateDeploymentCommand({
        ...names,
        deploymentConfigName: `CodeDeployDefault.Lambda${config}`,
        revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
      }),
    );
    return deploymentId ?? assert.fail("no id");
  }

  async function answer(): Promise<unknown> {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live" }));
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  }

  async function alias() {
    const { FunctionVersion, RoutingConfig } = await lambda.send(
      new GetAliasCommand({ FunctionName, Name: "live" }),
    );
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  }

  const waiter = { maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.2 };

  it("is its new version for everybody once it is deployed, and not before", async () => {
    assert.equal(await publish("second"), "2");
    assert.equal(await answer(), "first");
    const deploymentId = await deploy({}, "AllAtOnce");
    await waitUntilDeploymentSuccessful({ client: codeDeploy, ...waiter }, { deploymentId });
    assert.equal(await answer(), "second");
    assert.deepEqual(await alias(), ["2", undefined]);
  });

  it("is its old version again when an alarm goes off", async () => {
    assert.equal(await publish("third"), "3");
    const versions = { CurrentVersion: "2", TargetVersion: "3" };
    const deploymentId = await deploy(versions, "Canary10Percent5Minutes");
    cloud.services.codedeploy.advance();
    assert.deepEqual(await alias(), ["2", { "3": 0.1 }]);
    const alarm = { AlarmName: "errors", StateReason: "for a test" };
    await lab
      .client(CloudWatchClient)
      .send(new SetAlarmStateCommand({ ...alarm, StateValue: "ALARM" }));
    cloud.services.codedeploy.advance();
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    assert.equal(deploymentInfo?.status, "Stopped");
    assert.equal(deploymentInfo.errorInformation?.code, "ALARM_ACTIVE");
    const rollback = { deploymentId: deploymentInfo.rollbackInfo?.rollbackDeploymentId };
    await waitUntilDeploymentSuccessful({ client: codeDeploy, ...waiter }, rollback);
    assert.deepEqual(await alias(), ["2", undefined]);
    assert.equal(await answer(), "second");
  });
});
