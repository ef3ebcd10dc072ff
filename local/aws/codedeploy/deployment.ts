import type { Revision, VersionShift } from "./app-spec";
import type { AlarmSettings, GroupDefinition, RollbackSettings } from "./definition";

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
export type DeploymentStatus = "Created" | "InProgress" | "Succeeded" | "Failed" | "Stopped";

/** What happens in a deployment of Lambda's platform, in this order. */
export const lifecycle = ["BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"] as const;

export type LifecycleStatus = "Pending" | "InProgress" | "Succeeded" | "Failed" | "Skipped";

/** One thing that happens in a deployment. Times are milliseconds since 1970. */
export interface LifecycleEvent {
  name: (typeof lifecycle)[number];
  status: LifecycleStatus;
  startedAt?: number;
  endedAt?: number;
}

/** Why a deployment did not succeed. https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
export interface DeploymentError {
  code:
    | "ALARM_ACTIVE"
    | "IAM_ROLE_PERMISSIONS"
    | "INTERNAL_ERROR"
    | "INVALID_LAMBDA_CONFIGURATION"
    | "INVALID_LAMBDA_FUNCTION"
    | "MANUAL_STOP";
  message: string;
}

/** The other deployment of a rollback: the one that it rolls back, or the one that rolls it back. */
export interface RollbackInfo {
  deploymentId?: string;
  triggeringDeploymentId?: string;
  message: string;
}

/** A deployment as it is kept. Times are milliseconds since 1970. */
export interface Deployment {
  /** Such as `d-A1B2C3D4E`. */
  id: string;
  groupId: string;
  creator: "codeDeployRollback" | "user";
  description?: string | undefined;
  configName: string;
  revision: Revision;
  shift: VersionShift;
  /** As of the group when it was created, unless it has its own. */
  alarms: AlarmSettings;
  rollback: RollbackSettings;
  status: DeploymentStatus;
  events: LifecycleEvent[];
  /** Percent of the traffic that the target version has. */
  percent: number;
  createdAt: number;
  startedAt?: number;
  /** When traffic was shifted last. */
  shiftedAt?: number;
  completedAt?: number;
  error?: DeploymentError;
  rollbackInfo?: RollbackInfo;
}

/** What a new deployment is made of. */
export interface DeploymentRequest extends Pick<
  Deployment,
  "configName" | "creator" | "description" | "revision" | "rollbackInfo" | "shift"
> {
  alarms?: AlarmSettings | undefined;
  rollback?: RollbackSettings | undefined;
}

/** A deployment to a group, of which nothing has happened yet. */
export function newDeployment(
  id: string,
  group: GroupDefinition,
  { alarms = group.alarms, rollback = group.rollback, ...request }: DeploymentRequest,
  now: Date,
): Deployment {
  return {
    ...request,
    id,
    groupId: group.id,
    alarms,
    rollback,
    status: "Created",
    events: lifecycle.map((name) => ({ name, status: "Pending" })),
    percent: 0,
    createdAt: now.getTime(),
  };
}

/** Whether something is still to happen in a deployment. */
export function isActive({ status }: Deployment): boolean {
  return status === "Created" || status === "InProgress";
}

/** Begins what happens in a deployment, if it has not begun. */
export function begin(deployment: Deployment, name: LifecycleEvent["name"], now: number): void {
  const event = eventOf(deployment, name);
  if (event.status === "Pending") {
    Object.assign(event, { status: "InProgress", startedAt: now });
  }
}

/** Ends what happens in a deployment well. */
export function succeed(deployment: Deployment, name: LifecycleEvent["name"], now: number): void {
  begin(deployment, name, now);
  Object.assign(eventOf(deployment, name), { status: "Succeeded", endedAt: now });
}

/** Ends a deployment: what is under way fails, and what has not begun never does. */
export function end(
  deployment: Deployment,
  status: "Failed" | "Stopped" | "Succeeded",
  now: number,
  error?: DeploymentError,
): void {
  for (const event of deployment.events) {
    if (event.status === "InProgress") {
      Object.assign(event, { status: "Failed", endedAt: now });
    } else if (event.status === "Pending") {
      event.status = "Skipped";
    }
  }
  Object.assign(deployment, { status, completedAt: now, ...(error && { error }) });
}

function eventOf({ events }: Deployment, name: LifecycleEvent["name"]): LifecycleEvent {
  const found = events.find((event) => event.name === name);
  if (!found) {
    throw new Error(`A deployment has no event ${name}`);
  }
  return found;
}
