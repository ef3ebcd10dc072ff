import * as pulumi from "@pulumi/pulumi";
import { metricVariables } from "../../handlers/aws/business-metrics";

/** Functions that count for the business; a test holds them against the handlers. */
export const measuredOperations: readonly string[] = [
  "delete-image",
  "finalise-upload",
  "process-data",
  "render-image",
  "upload-image",
];

/** Where business metrics are in CloudWatch. */
export interface MetricsLocation {
  namespace: string;
  dimensions: { service: string; stage: string };
}

/**
 * Where those of this stack are: of one service and one stage, and so each of them once.
 *
 * @param prefix that names of the stack's resources begin with.
 */
export function metricsLocation(prefix: string): MetricsLocation {
  const dimensions = { service: prefix, stage: pulumi.getStack() };
  return { namespace: "Darkroom", dimensions };
}

/** What a function is told so that it counts; nothing for those that have nothing to count. */
export function metricsEnvironment(
  operation: string,
  location: MetricsLocation | undefined,
): Record<string, string> {
  return location && measuredOperations.includes(operation)
    ? {
        [metricVariables.namespace]: location.namespace,
        [metricVariables.service]: location.dimensions.service,
        [metricVariables.stage]: location.dimensions.stage,
      }
    : {};
}
