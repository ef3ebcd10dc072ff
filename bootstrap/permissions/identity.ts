import type * as aws from "@pulumi/aws";
import { type Account, expand } from "./scope";
import type { StackPermissions } from "./stack-permissions";

/** What makes, changes and removes roles, all of which IAM tells by the role's boundary. */
const roleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/** As which API Gateway takes its own role on. */
const gatewayService = "ops.apigateway.amazonaws.com";

/**
 * What lets deployments make roles: those of the prefix, with the boundary and no policies but the stack's own
 * and AWS's that it attaches, and hand them to the services that take them on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export function makeRoles(
  account: Account,
  { managedPolicies, trustedServices }: StackPermissions,
  boundaryArn: string,
): aws.iam.PolicyStatement[] {
  const roles = [expand("iam::<account>:role/<prefix>-*", account)];
  const isBounded = { "iam:PermissionsBoundary": boundaryArn };
  const attaching = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"];
  return [
    {
      Sid: "MakeBoundRoles",
      Effect: "Allow",
      Action: roleActions.filter((action) => !attaching.includes(action)),
      Resource: roles,
      Condition: { StringEquals: isBounded },
    },
    {
      Sid: "AttachOwnPolicies",
      Effect: "Allow",
      Action: attaching,
      Resource: roles,
      Condition: {
        StringEquals: isBounded,
        ArnLike: {
          "iam:PolicyARN": [
            expand("iam::<account>:policy/<prefix>-*", account),
            ...managedPolicies.map((arn) =>
              arn.replace(/^arn:[^:]+:/, `arn:${account.partition}:`),
            ),
          ],
        },
      },
    },
    { Sid: "TagRoles", Effect: "Allow", Action: ["iam:TagRole", "iam:UntagRole"], Resource: roles },
    {
      Sid: "PassRoles",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": [...trustedServices] } },
    },
    {
      // API Gateway makes its own role with the account's first domain name, in the name of who makes that.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/using-service-linked-roles.html
      Sid: "MakeRoleOfApiGateway",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: [expand(`iam::<account>:role/aws-service-role/${gatewayService}/*`, account)],
      Condition: { StringEquals: { "iam:AWSServiceName": gatewayService } },
    },
    {
      // A key is tagged when it is made, and known to be the stack's by that from then on.
      Sid: "TagNewKeys",
      Effect: "Allow",
      Action: ["kms:TagResource"],
      Resource: [expand("kms:*:<account>:key/*", account)],
      Condition: {
        StringEquals: { "aws:RequestTag/Project": account.project },
        StringEqualsIfExists: { "aws:ResourceTag/Project": account.project },
      },
    },
  ];
}
