import assert from "node:assert/strict";
import type { CodeDeploy } from "../../aws/codedeploy/codedeploy";
import type { ApplicationDefinition, GroupDefinition } from "../../aws/codedeploy/definition";
import { codedeployResources } from "../../provider/codedeploy";
import { isDefault, replaces } from "../../provider/force-new";
import type { PlannedResource, Properties } from "../../provider/resource";
import { plannedRequest } from "./planned-request";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const applicationType = "aws:codedeploy/application:Application";
const groupType = "aws:codedeploy/deploymentGroup:DeploymentGroup";
const arn = "arn:aws:codedeploy:us-east-1:123456789012:";
const id = "01234567-89ab-cdef-0123-456789abcdef";
const serviceRoleArn = "arn:aws:iam::123456789012:role/deployer";
const events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] as const;

const good = {
  alarmConfiguration: { alarms: ["errors"], enabled: true },
  appName: "shop",
  autoRollbackConfiguration: { enabled: true, events },
  deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
  deploymentGroupName: "pay",
  deploymentStyle: { deploymentOption: "WITH_TRAFFIC_CONTROL", deploymentType: "BLUE_GREEN" },
  serviceRoleArn,
};

const definition: GroupDefinition = {
  id,
  name: "pay",
  application: "shop",
  roleArn: serviceRoleArn,
  configName: "CodeDeployDefault.LambdaAllAtOnce",
  deploymentType: "BLUE_GREEN",
  deploymentOption: "WITH_TRAFFIC_CONTROL",
  alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ["errors"] },
  rollback: { enabled: true, events },
  tags: undefined,
};

describe("codedeployResources", () => {
  let calls: [string, unknown][];

  beforeEach(() => {
    calls = [];
  });

  async function plan(type: string, inputs: Properties): Promise<PlannedResource> {
    const codedeploy = {
      groups: {
        putApplication: (given: ApplicationDefinition) => calls.push(["putApplication", given]),
        putGroup: (given: GroupDefinition) => calls.push(["restoreGroup", given]),
      },
      putGroup: (given: GroupDefinition) => calls.push(["putGroup", given]),
      deleteApplication: (given: ApplicationDefinition) => calls.push(["delete", given.id]),
      deleteGroup: (given: string) => calls.push(["deleteGroup", given]),
    } as unknown as CodeDeploy;
    const planner = codedeployResources(codedeploy, account)[type] ?? assert.fail();
    return planner(plannedRequest(type, inputs));
  }

  it("makes applications for functions, under a name of their own or not", async () => {
    const tags = { team: "one" };
    const planned = await plan(applicationType, { computePlatform: "Lambda", tags });
    assert.equal(planned.id, `${id}:thing-1a2b3c4`);
    assert.deepEqual(planned.outputs, {
      applicationId: id,
      arn: `${arn}application:thing-1a2b3c4`,
      computePlatform: "Lambda",
      githubAccountName: "",
      linkedToGithub: false,
      name: "thing-1a2b3c4",
      region: "us-east-1",
      tags,
      tagsAll: tags,
    });
    await planned.create();
    await planned.remove?.();
    assert.deepEqual(calls, [
      ["putApplication", { id, name: "thing-1a2b3c4", tags }],
      ["delete", id],
    ]);
    const named = await plan(applicationType, { computePlatform: "Lambda", name: "shop" });
    assert.equal(named.outputs.arn, `${arn}application:shop`);
  });

  it("replaces an application for another platform, and keeps it under another name", () => {
    assert.equal(replaces(applicationType, "computePlatform"), true);
    assert.equal(isDefault(applicationType, "computePlatform", "Server"), true);
    assert.equal(replaces(applicationType, "name"), false);
    for (const input of ["appName", "deploymentGroupName", "serviceRoleArn"]) {
      assert.equal(replaces(groupType, input), false);
    }
  });

  it("refuses platforms that are not emulated, the default among them", async () => {
    await assert.rejects(plan(applicationType, {}), /not emulate CodeDeploy's .* Server$/);
    await assert.rejects(plan(applicationType, { computePlatform: "ECS" }), /platform ECS$/);
  });

  it("refuses names that CodeDeploy refuses", async () => {
    const computePlatform = "Lambda";
    await assert.rejects(plan(applicationType, { computePlatform, name: "my shop" }), {
      code: "InvalidApplicationNameException",
    });
    await assert.rejects(plan(groupType, { ...good, deploymentGroupName: "a/b" }), {
      code: "InvalidDeploymentGroupNameException",
    });
  });

  it("makes groups, and says what AWS says of them", async () => {
    const { create, id: planned, outputs, remove, restore } = await plan(groupType, good);
    assert.equal(planned, id);
    assert.deepEqual(outputs, {
      ...good,
      arn: `${arn}deploymentgroup:shop/pay`,
      computePlatform: "Lambda",
      deploymentGroupId: id,
      outdatedInstancesStrategy: "UPDATE",
      region: "us-east-1",
      tagsAll: {},
      terminationHookEnabled: false,
    });
    await create();
    await restore?.();
    await remove?.();
    assert.deepEqual(calls, [
      ["putGroup", definition],
      ["restoreGroup", definition],
      ["deleteGroup", id],
    ]);
  });

  it("watches no alarm and rolls nothing back unless told so", async () => {
    const { create } = await plan(groupType, {
      ...good,
      alarmConfiguration: undefined,
      autoRollbackConfiguration: undefined,
    });
    await create();
    assert.deepEqual(calls, [
      [
        "putGroup",
        {
          ...definition,
          alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: [] },
          rollback: { enabled: false, events: [] },
        },
      ],
    ]);
  });

  const alarms = (names: readonly string[]) => ({
    alarmConfiguration: { enabled: true, alarms: names },
  });
  const style = (deploymentType: string, deploymentOption: string) => ({
    deploymentStyle: { deploymentType, deploymentOption },
  });
  const eleven = Array.from({ length: 11 }, (_, index) => `alarm-${index}`);
  for (const [what, code, change] of [
    [
      "a config of servers",
      "DeploymentConfigDoesNotExistException",
      { deploymentConfigName: "CodeDeployDefault.OneAtATime" },
    ],
    [
      "the provider's config",
      "DeploymentConfigDoesNotExistException",
      { deploymentConfigName: undefined },
    ],
    ["the provider's style", "InvalidDeploymentStyleException", { deploymentStyle: undefined }],
    [
      "a style of servers",
      "InvalidDeploymentStyleException",
      style("IN_PLACE", "WITH_TRAFFIC_CONTROL"),
    ],
    [
      "a style without control",
      "InvalidDeploymentStyleException",
      style("BLUE_GREEN", "WITHOUT_TRAFFIC_CONTROL"),
    ],
    ["no alarms", "InvalidAlarmConfigException", alarms([])],
    ["an alarm twice", "InvalidAlarmConfigException", alarms(["a", "a"])],
    ["an alarm without a name", "InvalidAlarmConfigException", alarms([""])],
    ["eleven alarms", "AlarmsLimitExceededException", alarms(eleven)],
    [
      "rollbacks after nothing",
      "InvalidAutoRollbackConfigException",
      { autoRollbackConfiguration: { enabled: true } },
    ],
    [
      "rollbacks after what never happens",
      "InvalidAutoRollbackConfigException",
      { autoRollbackConfiguration: { enabled: true, events: ["ALARM"] } },
    ],
    ["tags of AWS's own", "InvalidTagsToAddException", { tags: { "aws:team": "one" } }],
  ] as const) {
    it(`refuses a group with ${what}`, async () => {
      await assert.rejects(plan(groupType, { ...good, ...change }), { code });
    });
  }

  it("refuses what is of servers, and what would tell of deployments", async () => {
    for (const input of ["ec2TagFilters", "loadBalancerInfo", "triggerConfigurations"]) {
      await assert.rejects(plan(groupType, { ...good, [input]: [{}] }), new RegExp(`${input}$`));
    }
    await assert.rejects(
      plan(groupType, { ...good, terminationHookEnabled: true }),
      /terminationHookEnabled$/,
    );
  });
});
