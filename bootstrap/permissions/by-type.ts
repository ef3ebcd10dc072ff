import { computeActions } from "./by-type/compute";
import { dataActions } from "./by-type/data";
import { edgeActions } from "./by-type/edge";
import { identityActions } from "./by-type/identity";
import { operationsActions } from "./by-type/operations";
import type { TypeTable } from "./by-type/type-actions";

/**
 * By type, what deployments need. It may know types that the program does not create: `stack.json` says
 * which are, and nobody is granted more.
 *
 * Sources: the provider (https://github.com/hashicorp/terraform-provider-aws, `internal/service`), and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const actionsByType: TypeTable = {
  ...dataActions,
  ...computeActions,
  ...edgeActions,
  ...operationsActions,
  ...identityActions,
};

/** By function of the provider that the program calls, what it reads. */
export const actionsByFunction: Readonly<Partial<Record<string, readonly string[]>>> = {
  // Nobody needs a permission for these.
  "aws:index/getCallerIdentity:getCallerIdentity": [],
  "aws:index/getPartition:getPartition": [],
  "aws:index/getRegion:getRegion": [],
  "aws:route53/getZone:getZone": [
    ...["route53:GetHostedZone", "route53:ListHostedZones", "route53:ListTagsForResource"],
  ],
};

/**
 * Actions that AWS limits to no resources: many of those that create something, and of those that list.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const actionsWithoutResources: ReadonlySet<string> = new Set([
  "acm:RequestCertificate",
  "cloudfront:CreateCachePolicy",
  "cloudfront:CreateDistribution",
  "cloudfront:CreateFunction",
  "cloudfront:CreateKeyGroup",
  "cloudfront:CreateOriginAccessControl",
  "cloudfront:CreatePublicKey",
  "cloudfront:CreateResponseHeadersPolicy",
  "cloudfront:DeleteKeyGroup",
  "cloudfront:DeletePublicKey",
  "cloudfront:GetKeyGroup",
  "cloudfront:GetPublicKey",
  "cloudfront:UpdateKeyGroup",
  "cloudfront:UpdatePublicKey",
  // Of alarms by names, too, it wants to see all of them allowed.
  "cloudwatch:DescribeAlarms",
  "codedeploy:StopDeployment",
  "dynamodb:ListStreams",
  "events:PutPermission",
  "events:RemovePermission",
  "guardduty:CreateMalwareProtectionPlan",
  "kms:CreateKey",
  "kms:ListAliases",
  "lambda:CreateEventSourceMapping",
  "logs:DeleteQueryDefinition",
  "logs:DescribeLogGroups",
  "logs:DescribeQueryDefinitions",
  "logs:PutQueryDefinition",
  "route53:ListHostedZones",
  "ssm:DescribeParameters",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);
