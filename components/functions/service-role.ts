import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a service that takes on a role may do. */
export interface ServiceRoleArgs {
  /** Who takes it on, and when. */
  trust: pulumi.Input<aws.iam.PolicyDocument>;
  /** What it allows. */
  document: pulumi.Input<aws.iam.PolicyDocument>;
}

/**
 * Creates the role `<name>-role` and its only policy, a managed one, `<name>-policy`.
 *
 * @returns the role, and what has to be there before it allows anything.
 */
export function createServiceRole(
  name: string,
  { trust, document }: ServiceRoleArgs,
  parent: pulumi.Resource,
): { role: aws.iam.Role; attachment: aws.iam.RolePolicyAttachment } {
  const role = new aws.iam.Role(
    `${name}-role`,
    { assumeRolePolicy: pulumi.jsonStringify(trust) },
    { parent },
  );
  const policy = new aws.iam.Policy(
    `${name}-policy`,
    { policy: pulumi.jsonStringify(document) },
    { parent },
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    `${name}-policy`,
    { role: role.name, policyArn: policy.arn },
    { parent },
  );
  return { role, attachment };
}
