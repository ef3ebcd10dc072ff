/** What makes deployments to a group be rolled back. */
export const rollbackEvents = [
  "DEPLOYMENT_FAILURE",
  "DEPLOYMENT_STOP_ON_ALARM",
  "DEPLOYMENT_STOP_ON_REQUEST",
] as const;

export type RollbackEvent = (typeof rollbackEvents)[number];

/** An application: a name for deployment groups. */
export interface ApplicationDefinition {
  /** A UUID. */
  id: string;
  name: string;
  tags?: Readonly<Record<string, string>> | undefined;
}

/** An application that is there. */
export interface Application extends ApplicationDefinition {
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** The alarms that stop deployments. */
export interface AlarmSettings {
  enabled: boolean;
  /** Whether deployments go on while states cannot be had. */
  ignorePollAlarmFailure: boolean;
  /** By name. */
  alarms: readonly string[];
}

/** Whether deployments are rolled back, and after what. */
export interface RollbackSettings {
  enabled: boolean;
  events: readonly RollbackEvent[];
}

/** A deployment group: how versions of functions are deployed. */
export interface GroupDefinition {
  /** A UUID. */
  id: string;
  name: string;
  application: string;
  roleArn: string;
  configName: string;
  deploymentType: string;
  deploymentOption: string;
  alarms: AlarmSettings;
  rollback: RollbackSettings;
  tags?: Readonly<Record<string, string>> | undefined;
}
