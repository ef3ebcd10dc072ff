import { z } from "zod";

/**
 * How requests are moved from a version of a function to the next, as CodeDeploy calls it, without
 * `CodeDeployDefault.Lambda`.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-lambda
 */
const rollouts = [
  "AllAtOnce",
  "Canary10Percent5Minutes",
  "Canary10Percent10Minutes",
  "Canary10Percent15Minutes",
  "Canary10Percent30Minutes",
  "Linear10PercentEvery1Minute",
  "Linear10PercentEvery2Minutes",
  "Linear10PercentEvery3Minutes",
  "Linear10PercentEvery10Minutes",
] as const;

/** Keys of the stack's config that say how new code becomes live. */
export const rolloutShape = {
  rollout: z.enum(["", ...rollouts]).describe(`empty, or one of ${rollouts.join(", ")}`),
};
