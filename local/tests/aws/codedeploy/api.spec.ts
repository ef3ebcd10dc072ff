import assert from "node:assert/strict";
import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  CreateDeploymentConfigCommand,
  GetApplicationCommand,
  GetDeploymentCommand,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  ListApplicationsCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentGroupsCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
  ListTagsForResourceCommand,
  StopDeploymentCommand,
} from "@aws-sdk/client-codedeploy";
import {
  DeployFixture,
  functionArn,
  group,
  names,
  revision,
  roleArn,
} from "./support/deploy-fixture";

const arn = "arn:aws:codedeploy:us-east-1:123456789012:";
const { applicationName, deploymentGroupName } = names;

describe("the API of CodeDeploy", () => {
  let fixture: DeployFixture;
  let client: CodeDeployClient;

  beforeEach(async () => {
    fixture = await DeployFixture.start();
    ({ client } = fixture);
  });
  afterEach(() => fixture.stop());

  it("shows applications", async () => {
    const { applications } = await client.send(new ListApplicationsCommand());
    assert.deepEqual(applications, ["shop"]);
    const { application } = await client.send(new GetApplicationCommand({ applicationName }));
    assert.deepEqual(application, {
      applicationId: "app",
      applicationName,
      computePlatform: "Lambda",
      createTime: new Date("2026-01-15T10:00:00Z"),
      linkedToGitHub: false,
    });
    const { applicationsInfo } = await client.send(
      new BatchGetApplicationsCommand({ applicationNames: ["shop"] }),
    );
    assert.deepEqual(applicationsInfo, [application]);
    const { Tags } = await client.send(
      new ListTagsForResourceCommand({ ResourceArn: `${arn}application:shop` }),
    );
    assert.deepEqual(Tags, [{ Key: "team", Value: "one" }]);
  });

  it("shows groups, and what was deployed to them last", async () => {
    const { deploymentGroups } = await client.send(
      new ListDeploymentGroupsCommand({ applicationName }),
    );
    assert.deepEqual(deploymentGroups, ["pay"]);
    const first = await fixture.begin();
    fixture.after(5);
    const second = await fixture.begin({
      revision: revision({ CurrentVersion: "2", TargetVersion: "3" }),
    });
    const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand(names));
    assert.deepEqual(deploymentGroupInfo, {
      applicationName,
      deploymentGroupName,
      deploymentGroupId: group.id,
      deploymentConfigName: group.configName,
      computePlatform: "Lambda",
      serviceRoleArn: roleArn,
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      alarmConfiguration: {
        enabled: true,
        ignorePollAlarmFailure: false,
        alarms: [{ name: "errors" }],
      },
      autoRollbackConfiguration: group.rollback,
      triggerConfigurations: [],
      terminationHookEnabled: false,
      lastAttemptedDeployment: {
        deploymentId: second,
        status: "InProgress",
        createTime: new Date("2026-01-15T10:05:00Z"),
      },
      lastSuccessfulDeployment: {
        deploymentId: first,
        status: "Succeeded",
        createTime: new Date("2026-01-15T10:00:00Z"),
        endTime: new Date("2026-01-15T10:05:00Z"),
      },
    });
    const { deploymentGroupsInfo } = await client.send(
      new BatchGetDeploymentGroupsCommand({ applicationName, deploymentGroupNames: ["pay"] }),
    );
    assert.deepEqual(deploymentGroupsInfo, [deploymentGroupInfo]);
  });

  it("shows the configs that every account has", async () => {
    const { deploymentConfigsList } = await client.send(new ListDeploymentConfigsCommand());
    assert.deepEqual(deploymentConfigsList, [
      "CodeDeployDefault.LambdaAllAtOnce",
      "CodeDeployDefault.LambdaCanary10Percent5Minutes",
      "CodeDeployDefault.LambdaCanary10Percent10Minutes",
      "CodeDeployDefault.LambdaCanary10Percent15Minutes",
      "CodeDeployDefault.LambdaCanary10Percent30Minutes",
      "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
      "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes",
      "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes",
      "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes",
    ]);
    const routing = async (name: string) => {
      const deploymentConfigName = `CodeDeployDefault.Lambda${name}`;
      const { deploymentConfigInfo } = await client.send(
        new GetDeploymentConfigCommand({ deploymentConfigName }),
      );
      assert.equal(deploymentConfigInfo?.deploymentConfigName, deploymentConfigName);
      assert.equal(deploymentConfigInfo.computePlatform, "Lambda");
      return deploymentConfigInfo.trafficRoutingConfig;
    };
    assert.deepEqual(await routing("AllAtOnce"), { type: "AllAtOnce" });
    assert.deepEqual(await routing("Canary10Percent15Minutes"), {
      type: "TimeBasedCanary",
      timeBasedCanary: { canaryPercentage: 10, canaryInterval: 15 },
    });
    assert.deepEqual(await routing("Linear10PercentEvery3Minutes"), {
      type: "TimeBasedLinear",
      timeBasedLinear: { linearPercentage: 10, linearInterval: 3 },
    });
  });

  it("shows deployments, with what was deployed before", async () => {
    const description = "a better one";
    const id = await fixture.begin({ description });
    fixture.after(5);
    const next = { revision: revision({ CurrentVersion: "2", TargetVersion: "3" }) };
    const second = await fixture.create(next);
    const { deploymentsInfo = [] } = await client.send(
      new BatchGetDeploymentsCommand({ deploymentIds: [id, second] }),
    );
    assert.deepEqual(
      deploymentsInfo.map((info) => [info.deploymentId, info.description, info.status]),
      [
        [id, description, "Succeeded"],
        [second, undefined, "Created"],
      ],
    );
    assert.equal(deploymentsInfo[0]?.previousRevision, undefined);
    assert.deepEqual(deploymentsInfo[1]?.previousRevision, deploymentsInfo[0]?.revision);
    const { content } = revision().appSpecContent;
    assert.equal(deploymentsInfo[0]?.revision?.appSpecContent?.content, content);
    assert.deepEqual(deploymentsInfo[0].deploymentOverview, {
      ...{ Pending: 0, InProgress: 0, Succeeded: 1, Failed: 0, Skipped: 0, Ready: 0 },
    });
    assert.deepEqual((await fixture.get(id)).deploymentId, id);
  });

  it("shows the only target of a deployment, and no other", async () => {
    const deploymentId = await fixture.begin();
    const { targetIds } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
    assert.deepEqual(targetIds, ["pay:live"]);
    const target = await fixture.target(deploymentId);
    assert.equal(target.targetArn, `${functionArn}:live`);
    const { deploymentTargets } = await client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
    );
    assert.deepEqual(deploymentTargets, [
      { deploymentTargetType: "LambdaTarget", lambdaTarget: target },
    ]);
    await assert.rejects(
      client.send(new GetDeploymentTargetCommand({ deploymentId, targetId: "pay:next" })),
      { name: "DeploymentTargetDoesNotExistException" },
    );
  });

  it("lists deployments, the newest first, of a group or all, by status and time", async () => {
    const first = await fixture.begin({
      deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
    });
    fixture.after(1);
    const second = await fixture.create();
    const list = async (input = {}) =>
      (await client.send(new ListDeploymentsCommand(input))).deployments;
    assert.deepEqual(await list(), [second, first]);
    assert.deepEqual(await list(names), [second, first]);
    assert.deepEqual(await list({ includeOnlyStatuses: ["Succeeded", "Failed"] }), [first]);
    assert.deepEqual(await list({ includeOnlyStatuses: ["Created"] }), [second]);
    const start = new Date("2026-01-15T10:00:30Z");
    assert.deepEqual(await list({ createTimeRange: { start } }), [second]);
    assert.deepEqual(await list({ createTimeRange: { end: start } }), [first]);
    await assert.rejects(list({ nextToken: "other" }), { name: "InvalidNextTokenException" });
    await assert.rejects(list({ deploymentGroupName }), {
      name: "ApplicationNameRequiredException",
    });
  });

  it("pages what there is much of", async () => {
    for (let index = 0; index < 101; index++) {
      const id = `app-${index}`;
      fixture.codeDeploy.groups.putApplication({ id, name: id });
    }
    const first = await client.send(new ListApplicationsCommand());
    assert.equal(first.applications?.length, 100);
    const { applications, nextToken } = await client.send(
      new ListApplicationsCommand({ nextToken: first.nextToken }),
    );
    assert.deepEqual([applications?.length, nextToken], [2, undefined]);
  });

  const send = (input: object) =>
    client.send(new CreateDeploymentCommand({ ...names, revision: revision(), ...input }));
  const enabled = { enabled: true };
  const refused: Record<string, [name: string, call: () => Promise<unknown>]> = {
    "a deployment without an application": [
      "ApplicationNameRequiredException",
      () => send({ applicationName: undefined }),
    ],
    "a deployment to no application": [
      "ApplicationDoesNotExistException",
      () => send({ applicationName: "stop" }),
    ],
    "a deployment without a group": [
      "DeploymentGroupNameRequiredException",
      () => send({ deploymentGroupName: "" }),
    ],
    "a deployment to no group": [
      "DeploymentGroupDoesNotExistException",
      () => send({ deploymentGroupName: "pey" }),
    ],
    "a deployment by no config": [
      "DeploymentConfigDoesNotExistException",
      () => send({ deploymentConfigName: "CodeDeployDefault.OneAtATime" }),
    ],
    "a deployment of nothing": ["RevisionRequiredException", () => send({ revision: undefined })],
    "a deployment of what is no AppSpec": [
      "InvalidRevisionException",
      () => send({ revision: revision({ TargetVersion: "$LATEST" }) }),
    ],
    "a long description": [
      "DescriptionTooLongException",
      () => send({ description: "a".repeat(257) }),
    ],
    "alarms of its own that are none": [
      "InvalidAlarmConfigException",
      () => send({ overrideAlarmConfiguration: enabled }),
    ],
    "rollbacks of its own after nothing": [
      "InvalidAutoRollbackConfigException",
      () => send({ autoRollbackConfiguration: enabled }),
    ],
    "a deployment without its id": [
      "DeploymentIdRequiredException",
      () => client.send(new GetDeploymentCommand({ deploymentId: "" })),
    ],
    "a deployment that there is not": [
      "DeploymentDoesNotExistException",
      () => client.send(new GetDeploymentCommand({ deploymentId: "d-ABCDEFGHI" })),
    ],
    "a config that there is not": [
      "DeploymentConfigDoesNotExistException",
      () => client.send(new GetDeploymentConfigCommand({ deploymentConfigName: "mine" })),
    ],
    "an application that there is not": [
      "ApplicationDoesNotExistException",
      () => client.send(new GetApplicationCommand({ applicationName: "none" })),
    ],
    "tags of what there is not": [
      "ArnNotSupportedException",
      () => client.send(new ListTagsForResourceCommand({ ResourceArn: `${arn}application:none` })),
    ],
    "more than it shows at once": [
      "BatchLimitExceededException",
      () =>
        client.send(
          new BatchGetDeploymentsCommand({
            deploymentIds: Array.from({ length: 26 }, (_, index) => `d-${index}`),
          }),
        ),
    ],
    "what it does not emulate": [
      "NotImplemented",
      () => client.send(new CreateDeploymentConfigCommand({ deploymentConfigName: "mine" })),
    ],
  };
  for (const [what, [name, call]] of Object.entries(refused)) {
    it(`refuses ${what}, and deploys nothing`, async () => {
      await assert.rejects(call(), { name });
      assert.deepEqual(fixture.codeDeploy.deployments.all(), []);
    });
  }

  describe("asks whether the caller may", () => {
    const groupArn = `${arn}deploymentgroup:shop/pay`;
    const config = `${arn}deploymentconfig:${group.configName}`;
    const needed: readonly [action: string, resource: string][] = [
      ["CreateDeployment", groupArn],
      ["GetDeploymentConfig", config],
      ["RegisterApplicationRevision", `${arn}application:shop`],
    ];
    const releaser = {
      kind: "role",
      arn: "arn:aws:sts::123456789012:assumed-role/releaser/me",
      roleArn: "arn:aws:iam::123456789012:role/releaser",
    } as const;

    function allowed(...grants: readonly [action: string, resource: string][]): void {
      const statements = grants.map(([action, Resource]) => ({
        Effect: "Allow" as const,
        Action: `codedeploy:${action}`,
        Resource,
      }));
      fixture.createRole("releaser", statements, "lambda.amazonaws.com");
      fixture.caller = releaser;
    }

    it("deploy, by the group, the config and the application", async () => {
      allowed(...needed);
      await fixture.create();
    });

    for (const [action, resource] of needed) {
      it(`deploy, and refuses who may not ${action}`, async () => {
        allowed(...needed.filter(([other]) => other !== action));
        await assert.rejects(fixture.create(), {
          name: "AccessDeniedException",
          message: `User: ${releaser.arn} is not authorized to perform: codedeploy:${action} on resource: ${resource} because no identity-based policy allows the codedeploy:${action} action`,
        });
      });
    }

    it("deploy with other alarms than the group's, which is to change the group", async () => {
      allowed(...needed);
      const overrideAlarmConfiguration = { enabled: false };
      await assert.rejects(fixture.create({ overrideAlarmConfiguration }), {
        message: /codedeploy:UpdateDeploymentGroup on resource: .*deploymentgroup:shop\/pay /,
      });
    });

    it("see or stop a deployment, by its group", async () => {
      const deploymentId = await fixture.create();
      allowed(["GetDeployment", `${arn}deploymentgroup:shop/other`]);
      const denied = { name: "AccessDeniedException" };
      await assert.rejects(fixture.get(deploymentId), denied);
      await assert.rejects(client.send(new StopDeploymentCommand({ deploymentId })), denied);
      await assert.rejects(client.send(new ListDeploymentsCommand()), denied);
    });

    it("see anything else", async () => {
      allowed(["CreateDeployment", "*"]);
      const denied = { name: "AccessDeniedException" };
      for (const command of [
        new ListApplicationsCommand(),
        new BatchGetApplicationsCommand({ applicationNames: ["shop"] }),
      ]) {
        await assert.rejects(client.send(command as ListApplicationsCommand), denied);
      }
      await assert.rejects(client.send(new GetDeploymentGroupCommand(names)), denied);
      await assert.rejects(
        client.send(new ListDeploymentGroupsCommand({ applicationName })),
        denied,
      );
      await assert.rejects(client.send(new ListDeploymentConfigsCommand()), denied);
      await assert.rejects(client.send(new GetApplicationCommand({ applicationName })), denied);
    });
  });
});
