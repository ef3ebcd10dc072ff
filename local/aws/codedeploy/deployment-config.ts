import { AwsError } from "../aws-error";
import type { Structure } from "../api/output";

/** How traffic goes over to a new version of a function. */
export interface TrafficRouting {
  /** Percent of the traffic that go over in each step but the last of a canary, which takes what is left. */
  percent: number;
  /** Minutes between two steps. */
  minutes: number;
  kind: "AllAtOnce" | "TimeBasedCanary" | "TimeBasedLinear";
}

const canaryMinutes = [5, 10, 15, 30];
const linearMinutes = [1, 2, 3, 10];
const prefix = "CodeDeployDefault.Lambda";

/** The config that rollbacks go by. */
export const allAtOnce = `${prefix}AllAtOnce`;

/**
 * The configs of Lambda's platform that there are in every account; no others are emulated.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
const configs: ReadonlyMap<string, TrafficRouting> = new Map([
  [allAtOnce, { kind: "AllAtOnce", percent: 100, minutes: 0 }],
  ...canaryMinutes.map((minutes): [string, TrafficRouting] => [
    `${prefix}Canary10Percent${minutes}Minutes`,
    { kind: "TimeBasedCanary", percent: 10, minutes },
  ]),
  ...linearMinutes.map((minutes): [string, TrafficRouting] => [
    `${prefix}Linear10PercentEvery${minutes}Minute${minutes === 1 ? "" : "s"}`,
    { kind: "TimeBasedLinear", percent: 10, minutes },
  ]),
]);

/** The names of all configs. */
export const configNames: readonly string[] = [...configs.keys()];

/** @throws AwsError `DeploymentConfigDoesNotExistException`. */
export function routingOf(configName: string): TrafficRouting {
  const routing = configs.get(configName);
  if (!routing) {
    throw new AwsError(
      "DeploymentConfigDoesNotExistException",
      `No Deployment Configuration found for name: ${configName}`,
    );
  }
  return routing;
}

/** The percentage that the new version gets after its next step. */
export function nextPercent({ kind, percent }: TrafficRouting, now: number): number {
  const isLast = kind === "TimeBasedCanary" && now > 0;
  return isLast ? 100 : Math.min(100, now + percent);
}

/** A config as GetDeploymentConfig tells it. */
export function describedConfig(configName: string): Structure {
  const { kind, percent, minutes } = routingOf(configName);
  const canary = { canaryPercentage: percent, canaryInterval: minutes };
  const linear = { linearPercentage: percent, linearInterval: minutes };
  return {
    deploymentConfigName: configName,
    computePlatform: "Lambda",
    trafficRoutingConfig: {
      type: kind,
      timeBasedCanary: kind === "TimeBasedCanary" ? canary : undefined,
      timeBasedLinear: kind === "TimeBasedLinear" ? linear : undefined,
    },
  };
}
