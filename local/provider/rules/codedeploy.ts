import {
  anything,
  arn,
  block,
  flag,
  length,
  list,
  map,
  oneOf,
  regional,
  required,
  text,
} from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of CodeDeploy; of what is for servers and containers, it looks no closer here. */
export const codedeployRules: RulesByType = {
  "aws:codedeploy/application:Application": regional({
    computePlatform: text(oneOf("Server", "Lambda", "ECS")),
    name: text(length(1, 100)),
    tags: map(),
  }),
  "aws:codedeploy/deploymentGroup:DeploymentGroup": regional({
    alarmConfiguration: block({
      alarms: list(text()),
      enabled: flag(),
      ignorePollAlarmFailure: flag(),
    }),
    appName: required(text(length(0, 100))),
    autoRollbackConfiguration: block({ enabled: flag(), events: list(text()) }),
    autoscalingGroups: list(text()),
    blueGreenDeploymentConfig: anything(),
    deploymentConfigName: text(length(0, 100)),
    deploymentGroupName: required(text(length(0, 100))),
    deploymentStyle: block({
      deploymentOption: text(oneOf("WITH_TRAFFIC_CONTROL", "WITHOUT_TRAFFIC_CONTROL")),
      deploymentType: text(oneOf("IN_PLACE", "BLUE_GREEN")),
    }),
    ec2TagFilters: anything(),
    ec2TagSets: anything(),
    ecsService: anything(),
    loadBalancerInfo: anything(),
    onPremisesInstanceTagFilters: anything(),
    outdatedInstancesStrategy: text(oneOf("UPDATE", "IGNORE")),
    serviceRoleArn: required(text(arn())),
    tags: map(),
    terminationHookEnabled: flag(),
    triggerConfigurations: anything(),
  }),
};
