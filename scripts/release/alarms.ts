import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { GetDeploymentGroupCommand } from "@aws-sdk/client-codedeploy";
import type { ReleasableStack } from "./connect";
import type { Move } from "./moves";

/**
 * The alarms that a deployment group watches and that are on, or that CodeDeploy has named: each by its name, with its
 * description, which says where its runbook is.
 *
 * @param reason what CodeDeploy says of why a deployment has failed.
 */
export async function alarmsBehind(
  { codeDeploy, cloudWatch, application }: ReleasableStack,
  { released }: Move,
  reason: string,
): Promise<string[]> {
  const { deploymentGroupInfo } = await codeDeploy.send(
    new GetDeploymentGroupCommand({
      applicationName: application,
      deploymentGroupName: released.group,
    }),
  );
  const watched = deploymentGroupInfo?.alarmConfiguration?.alarms ?? [];
  const names = watched.flatMap(({ name }) => name ?? []);
  if (names.length === 0) {
    return [];
  }
  const { MetricAlarms = [] } = await cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: names, MaxRecords: 100 }),
  );
  return MetricAlarms.filter(
    ({ AlarmName = "", StateValue }) => StateValue === "ALARM" || reason.includes(AlarmName),
  ).map(({ AlarmName = "", AlarmDescription = "" }) => `Alarm ${AlarmName}: ${AlarmDescription}`);
}
