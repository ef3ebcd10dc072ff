import assert from "node:assert/strict";
import type * as aws from "@pulumi/aws";
import { bundleHandlers } from "../../../components/bundle";
import { HandlerFunction } from "../../../components/functions/handler-function";
import { Rollout } from "../../../components/functions/rollout";
import { rolloutPolicy, rolloutTrustPolicy } from "../../../components/policies/rollout-policy";
import { mockAccount, type MockedRun, outputValue, runMocked } from "../../support/pulumi";

const location = { partition: "aws", region: "us-east-1", accountId: mockAccount.accountId };
const alarm = { name: "errors" };
const roleName = "test-rollout-role";

describe("Rollout", () => {
  let run: MockedRun;
  let rollout: Rollout;

  before(async () => {
    bundleHandlers(["get-image"]);
    ({ run, result: rollout } = await runMocked(() => {
      const { target } = new HandlerFunction("f", {
        operation: "get-image",
        environment: {},
        statements: [],
        logRetentionDays: 30,
        versioned: true,
      });
      return new Rollout("test-rollout", {
        configuration: "Canary10Percent5Minutes",
        targets: { "get-image": target },
        alarms: [alarm as unknown as aws.cloudwatch.MetricAlarm],
      });
    }));
  });

  it("makes an application for Lambda, with a group that moves requests and rolls back", () => {
    assert.deepEqual(run.inputs("aws:codedeploy/application:Application", "test-rollout"), {
      computePlatform: "Lambda",
    });
    const group = "aws:codedeploy/deploymentGroup:DeploymentGroup";
    assert.deepEqual(run.inputs(group, "test-rollout-get-image"), {
      appName: "test-rollout-name",
      deploymentGroupName: "get-image",
      serviceRoleArn: `arn:mock:aws:iam/role:Role:${roleName}`,
      deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
      deploymentStyle: {
        deploymentType: "BLUE_GREEN",
        deploymentOption: "WITH_TRAFFIC_CONTROL",
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      alarmConfiguration: { enabled: true, alarms: ["errors"] },
    });
    assert.ok(
      run.waits(
        `${group} test-rollout-get-image`,
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-rollout-policy",
      ),
    );
  });

  it("makes a role that CodeDeploy takes on for its groups, to move these aliases alone", () => {
    const { assumeRolePolicy } = run.inputs("aws:iam/role:Role", roleName);
    assert.deepEqual(
      JSON.parse(String(assumeRolePolicy)),
      rolloutTrustPolicy(location, "test-rollout-name"),
    );
    const { policy } = run.inputs("aws:iam/policy:Policy", "test-rollout-policy");
    assert.deepEqual(
      JSON.parse(String(policy)),
      rolloutPolicy(location, ["arn:mock:aws:lambda/alias:Alias:f-live"]),
    );
  });

  it("tells what releases have to know", async () => {
    assert.deepEqual(await outputValue(rollout.outputs), {
      application: "test-rollout-name",
      groups: {
        "get-image": { group: "get-image", function: "f-name", alias: "live" },
      },
    });
  });
});

describe("rolloutPolicy", () => {
  it("allows to move aliases by their functions, and to look at the alarms", () => {
    const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:f";
    assert.deepEqual(
      rolloutPolicy({ partition: "aws", region: "eu-west-1", accountId: "123456789012" }, [
        `${functionArn}:live`,
      ]).Statement,
      [
        {
          Sid: "MoveAliases",
          Effect: "Allow",
          Action: ["lambda:GetAlias", "lambda:UpdateAlias"],
          Resource: [functionArn],
        },
        {
          Sid: "SeeConcurrency",
          Effect: "Allow",
          Action: ["lambda:GetProvisionedConcurrencyConfig"],
          Resource: [`${functionArn}:live`],
        },
        {
          Sid: "WatchAlarms",
          Effect: "Allow",
          Action: ["cloudwatch:DescribeAlarms"],
          Resource: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*"],
        },
      ],
    );
  });
});

describe("rolloutTrustPolicy", () => {
  it("trusts CodeDeploy for the groups of one application of the account", () => {
    const there = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
    assert.deepEqual(rolloutTrustPolicy(there, "shop").Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "codedeploy.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: {
            "aws:SourceArn": "arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:shop/*",
          },
        },
      },
    ]);
  });
});
