import { programsOf } from "../support/examples";

const watching = "watches no alarm";
const rollback = "does not roll back when an alarm goes off";

const events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"];

export const programs = programsOf(
  {
    type: "aws:codedeploy/deploymentGroup:DeploymentGroup",
    clean: {
      appName: "shop",
      deploymentGroupName: "basket",
      serviceRoleArn: "arn:aws:iam::123456789012:role/codedeploy",
      alarmConfiguration: { enabled: true, alarms: ["errors"] },
      autoRollbackConfiguration: { enabled: true, events },
    },
    alsoClean: [
      { alarmConfiguration: { enabled: "true", alarms: ["errors", "latency"] } },
      { alarmConfiguration: { enabled: true, alarms: ["errors"], ignorePollAlarmFailure: true } },
    ],
    wrong: [
      [{ alarmConfiguration: undefined }, watching],
      [{ alarmConfiguration: {} }, watching],
      [{ alarmConfiguration: { alarms: ["errors"] } }, watching],
      [{ alarmConfiguration: { enabled: false, alarms: ["errors"] } }, watching],
      [{ alarmConfiguration: { enabled: true } }, watching],
      [{ alarmConfiguration: { enabled: true, alarms: [] } }, watching],
    ],
    asks: { alarmConfiguration: "alarmConfiguration.enabled, alarmConfiguration.alarms" },
  },
  {
    type: "aws:codedeploy/deploymentGroup:DeploymentGroup",
    clean: {
      appName: "shop",
      deploymentGroupName: "basket",
      serviceRoleArn: "arn:aws:iam::123456789012:role/codedeploy",
      alarmConfiguration: { enabled: true, alarms: ["errors"] },
      autoRollbackConfiguration: { enabled: true, events },
    },
    alsoClean: [
      { autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_STOP_ON_ALARM"] } },
    ],
    wrong: [
      [{ autoRollbackConfiguration: undefined }, rollback],
      [{ autoRollbackConfiguration: { events } }, rollback],
      [{ autoRollbackConfiguration: { enabled: false, events } }, rollback],
      [{ autoRollbackConfiguration: { enabled: true } }, rollback],
      [{ autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE"] } }, rollback],
    ],
    asks: {
      autoRollbackConfiguration:
        "autoRollbackConfiguration.enabled, autoRollbackConfiguration.events",
    },
  },
);
