import assert from "node:assert/strict";
import {
  CreateApplicationCommand,
  type CreateApplicationCommandInput,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  DeleteApplicationCommand,
  DeleteDeploymentGroupCommand,
  GetApplicationCommand,
  GetDeploymentGroupCommand,
  ListApplicationsCommand,
  ListDeploymentGroupsCommand,
  ListTagsForResourceCommand,
  UpdateApplicationCommand,
  UpdateDeploymentGroupCommand,
  type UpdateDeploymentGroupCommandInput,
} from "@aws-sdk/client-codedeploy";
import { DeployFixture, enough, group, names, roleArn } from "./support/deploy-fixture";

const own = { applicationName: "own", deploymentGroupName: "first" };
const config = "CodeDeployDefault.LambdaAllAtOnce";
const style = { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" } as const;

describe("applications and groups that are made over the API of CodeDeploy", () => {
  let fixture: DeployFixture;

  beforeEach(async () => {
    fixture = await DeployFixture.start();
  });
  afterEach(() => fixture.stop());

  const createApplication = (input: Partial<CreateApplicationCommandInput> = {}) =>
    fixture.client.send(
      new CreateApplicationCommand({ applicationName: "own", computePlatform: "Lambda", ...input }),
    );
  const createGroup = (input: Partial<CreateDeploymentGroupCommandInput> = {}) =>
    fixture.client.send(
      new CreateDeploymentGroupCommand({
        ...own,
        serviceRoleArn: roleArn,
        deploymentConfigName: config,
        deploymentStyle: style,
        ...input,
      }),
    );
  const update = (input: Partial<UpdateDeploymentGroupCommandInput>) =>
    fixture.client.send(
      new UpdateDeploymentGroupCommand({
        applicationName: "own",
        currentDeploymentGroupName: "first",
        ...input,
      }),
    );
  const groupOf = async (given = own) =>
    (await fixture.client.send(new GetDeploymentGroupCommand(given))).deploymentGroupInfo;
  const applications = async () =>
    (await fixture.client.send(new ListApplicationsCommand())).applications;
  const groups = async (applicationName = "own") =>
    (await fixture.client.send(new ListDeploymentGroupsCommand({ applicationName })))
      .deploymentGroups;

  it("are as they are asked for", async () => {
    const tags = [{ Key: "team", Value: "two" }];
    const { applicationId } = await createApplication({ tags });
    const { application } = await fixture.client.send(
      new GetApplicationCommand({ applicationName: "own" }),
    );
    assert.equal(application?.applicationId, applicationId);
    const { deploymentGroupId } = await createGroup({ tags });
    const found = await groupOf();
    assert.equal(found?.deploymentGroupId, deploymentGroupId);
    assert.equal(found?.deploymentConfigName, config);
    assert.deepEqual(found.alarmConfiguration, {
      enabled: false,
      ignorePollAlarmFailure: false,
      alarms: [],
    });
    assert.deepEqual(found.autoRollbackConfiguration, { enabled: false, events: [] });
    const arn = "arn:aws:codedeploy:us-east-1:123456789012:";
    for (const ResourceArn of [`${arn}application:own`, `${arn}deploymentgroup:own/first`]) {
      const { Tags } = await fixture.client.send(new ListTagsForResourceCommand({ ResourceArn }));
      assert.deepEqual(Tags, tags);
    }
  });

  it("run deployments as a program's do", async () => {
    await createApplication();
    await createGroup();
    const deploymentId = await fixture.begin(own);
    assert.equal((await fixture.get(deploymentId)).status, "Succeeded");
    assert.deepEqual(fixture.alias, { version: "2", weights: {} });
  });

  it("are changed in what is given, and in nothing else", async () => {
    await createApplication();
    await createGroup();
    const before = await groupOf();
    await update({
      alarmConfiguration: { enabled: true, alarms: [{ name: "errors" }] },
      autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] },
    });
    const alarms = [{ name: "errors" }];
    assert.deepEqual(await groupOf(), {
      ...before,
      alarmConfiguration: { enabled: true, ignorePollAlarmFailure: false, alarms },
      autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] },
    });
    await update({ newDeploymentGroupName: "second" });
    assert.deepEqual(await groups(), ["second"]);
    await fixture.client.send(
      new UpdateApplicationCommand({ applicationName: "own", newApplicationName: "mine" }),
    );
    assert.deepEqual(await applications(), ["mine", "shop"]);
    assert.deepEqual(await groups("mine"), ["second"]);
  });

  it("are there again after a restart, and a program's only once it has run", async () => {
    await createApplication();
    await createGroup();
    await update({ newDeploymentGroupName: "second" });
    const before = await groupOf({ ...own, deploymentGroupName: "second" });
    await fixture.restart();
    assert.deepEqual(await applications(), ["own"]);
    assert.deepEqual(await groupOf({ ...own, deploymentGroupName: "second" }), before);
    fixture.declare();
    assert.deepEqual(await applications(), ["own", "shop"]);
  });

  it("leave no trace of what is changed of a program's", async () => {
    await fixture.client.send(
      new UpdateDeploymentGroupCommand({
        applicationName: "shop",
        currentDeploymentGroupName: "pay",
        deploymentConfigName: config,
      }),
    );
    assert.equal((await groupOf(names))?.deploymentConfigName, config);
    await fixture.restart();
    assert.deepEqual(await applications(), []);
    fixture.declare();
    assert.equal((await groupOf(names))?.deploymentConfigName, group.configName);
  });

  it("are deleted for good, an application with its groups, and as often as one likes", async () => {
    await createApplication();
    await createGroup();
    await createGroup({ deploymentGroupName: "second" });
    for (let time = 0; time < 2; time++) {
      await fixture.client.send(new DeleteDeploymentGroupCommand(own));
    }
    assert.deepEqual(await groups(), ["second"]);
    for (let time = 0; time < 2; time++) {
      await fixture.client.send(new DeleteApplicationCommand({ applicationName: "own" }));
    }
    await fixture.restart();
    assert.deepEqual(await applications(), []);
    await createApplication();
    assert.deepEqual(await groups(), []);
  });

  for (const [what, name, call] of [
    [
      "an application that there is",
      "ApplicationAlreadyExistsException",
      () => createApplication({ applicationName: "shop" }),
    ],
    [
      "an application without a name",
      "ApplicationNameRequiredException",
      () => createApplication({ applicationName: "" }),
    ],
    [
      "an application for servers, which is the default",
      "NotImplemented",
      () => createApplication({ computePlatform: undefined }),
    ],
    ["a group that there is", "DeploymentGroupAlreadyExistsException", () => createGroup(names)],
    ["a group of no application", "ApplicationDoesNotExistException", () => createGroup()],
    [
      "a group without a role",
      "RoleRequiredException",
      () => createGroup({ ...names, serviceRoleArn: undefined }),
    ],
    [
      "a group with a role that is not there",
      "InvalidRoleException",
      () => createGroup({ applicationName: "shop", serviceRoleArn: `${roleArn}-2` }),
    ],
    [
      "a group in the style of servers, which is the default",
      "InvalidDeploymentStyleException",
      () => createGroup({ applicationName: "shop", deploymentStyle: undefined }),
    ],
    [
      "a group with what is not emulated",
      "NotImplemented",
      () => createGroup({ applicationName: "shop", triggerConfigurations: [] }),
    ],
    [
      "a change of a group that there is not",
      "DeploymentGroupDoesNotExistException",
      () => update({ applicationName: "shop" }),
    ],
  ] as const) {
    it(`are refused: ${what}`, async () => {
      await assert.rejects(call(), { name });
      assert.deepEqual(await applications(), ["shop"]);
      assert.deepEqual(await groups("shop"), ["pay"]);
    });
  }

  it("are made and changed by who may", async () => {
    fixture.createRole("nobody", enough, "lambda.amazonaws.com");
    fixture.caller = {
      kind: "role",
      arn: "arn:aws:sts::123456789012:assumed-role/nobody/me",
      roleArn: "arn:aws:iam::123456789012:role/nobody",
    };
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(createApplication(), denied);
    await assert.rejects(createGroup(names), denied);
    await assert.rejects(update({ applicationName: "shop" }), denied);
    const { client } = fixture;
    const applicationName = "shop";
    await assert.rejects(client.send(new DeleteApplicationCommand({ applicationName })), denied);
    await assert.rejects(client.send(new DeleteDeploymentGroupCommand(names)), denied);
    await assert.rejects(client.send(new UpdateApplicationCommand({ applicationName })), denied);
  });
});
