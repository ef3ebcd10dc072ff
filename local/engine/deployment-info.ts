import {
  DeploymentInfo,
  ResourceMonitorFeature as Feature,
} from "@pulumi/pulumi/proto/resource_pb";
import type { DeploymentOptions } from "./deployment-options";

/**
 * What the engine can do for the SDK, by the names by which its older versions ask for each. Without
 * `resourceReferences` a resource that is an input arrives as its plain id, which is what providers
 * expect.
 */
export const features: ReadonlyMap<string, Feature> = new Map([
  ["aliasSpecs", Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
  ["deletedWith", Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
  ["errorHooks", Feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS],
  ["invokeTransforms", Feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS],
  ["outputValues", Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES],
  ["replaceWith", Feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH],
  ["resourceHooks", Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS],
  ["secrets", Feature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ["transforms", Feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS],
]);

/** What the program is told of the deployment, and what the engine can do, at once. */
export function deploymentInfo({
  project,
  stack,
  config,
  dryRun,
}: Pick<DeploymentOptions, "config" | "dryRun" | "project" | "stack">): DeploymentInfo {
  const info = new DeploymentInfo()
    .setProject(project)
    .setStack(stack)
    // As in the program's arguments.
    .setOrganization("organization")
    .setConfigsecretkeysList([...config.secretKeys])
    .setDryrun(dryRun)
    .setSupportedfeaturesList([...features.values()]);
  for (const [key, value] of Object.entries(config.values)) {
    info.getConfigMap().set(key, value);
  }
  return info;
}
