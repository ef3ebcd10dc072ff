import { messageOf } from "../../message-of";
import { AwsError } from "../aws-error";
import { alarmProblem, type AlarmStates } from "./alarm-watch";
import type { GroupDefinition } from "./definition";
import { begin, type Deployment, type DeploymentError, end, succeed } from "./deployment";
import { nextPercent, routingOf } from "./deployment-config";
import { FunctionAlias, type FunctionAliases, ShiftFailure } from "./function-alias";
import { openSession, type SessionOptions } from "./service-session";

/** What deployments move, and what they watch. */
export interface RunOptions extends SessionOptions {
  aliases: FunctionAliases;
  alarms: AlarmStates;
}

/**
 * Does what is due of an active deployment, in the name of its group's role: looks at the alarms, shifts traffic, ends
 * it. A rollback looks at no alarm.
 */
export function runDeployment(
  deployment: Deployment,
  group: GroupDefinition,
  now: number,
  options: RunOptions,
): void {
  const { aliases, alarms, account } = options;
  try {
    const session = openSession(group, options);
    const isRollback = deployment.creator === "codeDeployRollback";
    const problem = isRollback ? undefined : alarmProblem(deployment, session, alarms, account);
    if (problem) {
      end(deployment, "Stopped", now, problem);
      return;
    }
    const alias = new FunctionAlias(deployment.shift, session, aliases, account);
    if (deployment.status === "Created") {
      Object.assign(deployment, { status: "InProgress", startedAt: now });
      succeed(deployment, "BeforeAllowTraffic", now);
      begin(deployment, "AllowTraffic", now);
      if (!isRollback) {
        alias.requireAtCurrentVersion();
      }
    }
    shiftTraffic(deployment, alias, now);
  } catch (error) {
    end(deployment, "Failed", now, failureOf(error));
  }
}

function shiftTraffic(deployment: Deployment, alias: FunctionAlias, now: number): void {
  const routing = routingOf(deployment.configName);
  const { shiftedAt = -Infinity } = deployment;
  if (now - shiftedAt < routing.minutes * 60_000) {
    return;
  }
  const percent = nextPercent(routing, deployment.percent);
  alias.route(percent);
  Object.assign(deployment, { percent, shiftedAt: now });
  if (percent === 100) {
    succeed(deployment, "AllowTraffic", now);
    succeed(deployment, "AfterAllowTraffic", now);
    end(deployment, "Succeeded", now);
  }
}

function failureOf(error: unknown): DeploymentError {
  if (error instanceof ShiftFailure) {
    return { code: error.code, message: error.message };
  }
  return error instanceof AwsError
    ? { code: "IAM_ROLE_PERMISSIONS", message: error.message }
    : { code: "INTERNAL_ERROR", message: messageOf(error) };
}
