import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** Keys of the stack's config that say what whoever deploys may let the stack's roles do. */
export const boundaryShape = {
  permissionsBoundary: z
    .string()
    .regex(/^(arn:[a-z-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512})?$/)
    .describe(
      "empty, or the ARN of a managed IAM policy, such as the output permissionsBoundary of bootstrap/",
    ),
};

/**
 * Gives every role that the program makes from now on a permissions boundary, which the roles that
 * `bootstrap/` makes for deployments demand: what a role may do beyond it, it may not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 *
 * @param policyArn the boundary; empty for none.
 */
export function boundRoles(policyArn: string): void {
  // The engine would ask a transform about each resource, to no end.
  if (policyArn !== "") {
    pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
      type === "aws:iam/role:Role"
        ? { props: { ...props, permissionsBoundary: policyArn }, opts }
        : undefined,
    );
  }
}
