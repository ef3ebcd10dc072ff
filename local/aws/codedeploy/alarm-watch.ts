import { regionalArn } from "../arn";
import type { Alarm } from "../cloudwatch/alarm";
import type { Account } from "../types";
import type { Deployment, DeploymentError } from "./deployment";
import type { ServiceSession } from "./service-session";

/** The alarms on metrics: what DescribeAlarms tells of who asks for no others. */
export interface AlarmStates {
  alarms(): readonly Pick<Alarm, "definition" | "state">[];
}

/**
 * Asks, in the name of the group's role, for the states of the alarms of a deployment.
 *
 * @returns why the deployment has to stop, if it has to.
 */
export function alarmProblem(
  { alarms: { enabled, alarms, ignorePollAlarmFailure } }: Deployment,
  session: ServiceSession,
  states: AlarmStates,
  account: Account,
): DeploymentError | undefined {
  if (!enabled) {
    return undefined;
  }
  if (!session.may("cloudwatch:DescribeAlarms", regionalArn(account, "cloudwatch", "alarm:*"))) {
    const why = `the role ${session.roleArn} does not allow cloudwatch:DescribeAlarms`;
    return ignorePollAlarmFailure ? undefined : unknown(alarms, why);
  }
  const known = new Map(
    states.alarms().map(({ definition, state }) => [definition.name, state.value]),
  );
  const active = alarms.filter((name) => known.get(name) === "ALARM");
  if (active.length > 0) {
    return {
      code: "ALARM_ACTIVE",
      message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${active.map((name) => `<${name}>`).join(" ")}`,
    };
  }
  // How AWS takes an alarm that there is not is documented nowhere; nobody is warned by it.
  const missing = alarms.filter((name) => !known.has(name));
  return missing.length === 0 || ignorePollAlarmFailure
    ? undefined
    : unknown(missing, "there is no such alarm on a metric");
}

function unknown(alarms: readonly string[], why: string): DeploymentError {
  return {
    code: "ALARM_ACTIVE",
    message: `The state of alarms could not be retrieved, and the affected deployments have been stopped: ${why}. Alarms: ${alarms.map((name) => `<${name}>`).join(" ")}`,
  };
}
