import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../config/stack-config";
import { locationOf } from "../location";
import { rolloutPolicy, rolloutTrustPolicy } from "../policies/rollout-policy";
import { recordedArgs } from "../recorded-args";
import type { InvocationTarget } from "./invocation-target";
import { createServiceRole } from "./service-role";

/** Arguments of `Rollout`. */
export interface RolloutArgs {
  /** How requests are moved to new versions, by CodeDeploy's name for it without `CodeDeployDefault.Lambda`. */
  configuration: Exclude<StackConfig["rollout"], "">;
  /** Functions that are released, each with an alias, by operation. */
  targets: Readonly<Record<string, InvocationTarget>>;
  /**
   * Alarms that send requests back to the version before, at most 10 as the provider has it. No composite ones: whether
   * CodeDeploy takes them is not documented. None that lasts until somebody does something about it: no mended
   * version could be released before that.
   */
  alarms: readonly aws.cloudwatch.MetricAlarm[];
}

/** What a release is to know of a function. */
interface ReleaseGroup {
  /** Name of the deployment group. */
  group: string;
  /** Name of the function. */
  function: string;
  /** Name of the function's alias. */
  alias: string | undefined;
}

/**
 * What moves the aliases of functions from version to version, by a part of the requests at a time, and back when an
 * alarm goes off or the release is stopped: an application of CodeDeploy with a group for each function. It moves
 * nothing by itself; `npm run release` does.
 */
export class Rollout extends pulumi.ComponentResource {
  /** Name of the application, and its groups by operation. */
  readonly outputs: pulumi.Output<{
    application: string;
    groups: Record<string, ReleaseGroup>;
  }>;

  constructor(name: string, args: RolloutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:rollout:Rollout", name, recordedArgs(args), opts);
    const application = new aws.codedeploy.Application(
      name,
      { computePlatform: "Lambda" },
      { parent: this },
    );
    const { role, attachment } = createRole(name, args, application, this);
    const create = (operation: string) =>
      new aws.codedeploy.DeploymentGroup(
        `${name}-${operation}`,
        {
          appName: application.name,
          deploymentGroupName: operation,
          serviceRoleArn: role.arn,
          ...movement(args),
        },
        { parent: this, dependsOn: attachment },
      );
    const groups = Object.entries(args.targets).map(
      ([operation, target]) => [operation, known(create(operation), target)] as const,
    );
    this.outputs = pulumi.output({
      application: application.name,
      groups: Object.fromEntries(groups),
    });
    this.registerOutputs({ outputs: this.outputs });
  }
}

function createRole(
  name: string,
  { targets }: RolloutArgs,
  application: aws.codedeploy.Application,
  parent: pulumi.Resource,
) {
  const document = pulumi
    .all([locationOf(parent), pulumi.all(Object.values(targets).map(({ arn }) => arn))])
    .apply(([location, aliasArns]) => rolloutPolicy(location, aliasArns));
  const trust = pulumi
    .all([locationOf(parent), application.name])
    .apply(([location, applicationName]) => rolloutTrustPolicy(location, applicationName));
  return createServiceRole(name, { trust, document }, parent);
}

/** How a deployment group moves requests, and what moves them back. */
function movement({ configuration, alarms }: RolloutArgs) {
  return {
    deploymentConfigName: `CodeDeployDefault.Lambda${configuration}`,
    // The only style that there is for Lambda.
    deploymentStyle: {
      deploymentType: "BLUE_GREEN",
      deploymentOption: "WITH_TRAFFIC_CONTROL",
    },
    autoRollbackConfiguration: {
      enabled: true,
      events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
    },
    // Where CloudWatch does not tell how the alarms are, the release is stopped, too.
    alarmConfiguration: { enabled: true, alarms: alarms.map((alarm) => alarm.name) },
  };
}

function known({ deploymentGroupName }: aws.codedeploy.DeploymentGroup, target: InvocationTarget) {
  return {
    group: deploymentGroupName,
    function: target.functionName,
    alias: target.qualified.qualifier,
  };
}
