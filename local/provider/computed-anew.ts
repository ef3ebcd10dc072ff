import { difference, inputOf } from "./diff";
import type { Properties } from "./resource";

/** Inputs of a function that are no part of its code and configuration. */
const besideConfiguration = new Set([
  "publish",
  "reservedConcurrentExecutions",
  "skipDestroy",
  "tags",
]);

/**
 * Outputs of a resource that are computed anew when it is changed so, and are not known before; all others
 * stay as they are.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/function.go
 * `updateComputedAttributesOnPublish`
 */
export function computedAnew(type: string, before: Properties, after: Properties): string[] {
  if (type !== "aws:lambda/function:Function") {
    return [];
  }
  const changed = difference(type, before, after).changes.map(({ path }) => inputOf(path));
  const isDeployed = changed.some((input) => !besideConfiguration.has(input));
  const isPublished = after.publish === true && (isDeployed || changed.includes("publish"));
  return [
    ...(isDeployed ? ["lastModified"] : []),
    ...(isPublished ? ["qualifiedArn", "qualifiedInvokeArn", "version"] : []),
  ];
}
