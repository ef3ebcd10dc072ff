import type * as aws from "@pulumi/aws";
import type { Location } from "../location";
import { allow } from "./grants";

/**
 * Lets CodeDeploy take on the role, for the deployment groups of this application alone.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
 */
export function rolloutTrustPolicy(
  { partition, region, accountId }: Location,
  application: string,
): aws.iam.PolicyDocument {
  const groups = `arn:${partition}:codedeploy:${region}:${accountId}:deploymentgroup:${application}/*`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "codedeploy.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": groups },
        },
      },
    ],
  };
}

/**
 * What CodeDeploy does to move aliases: of AWS's own policy AWSCodeDeployRoleForLambdaLimited what is needed without
 * hooks and without revisions in S3. CloudWatch is asked for alarms by names, and wants to see all of them allowed.
 *
 * @param aliasArns of the functions' aliases.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html
 */
export function rolloutPolicy(
  { partition, region, accountId }: Location,
  aliasArns: readonly string[],
): aws.iam.PolicyDocument {
  // IAM knows the actions on aliases by the function.
  const functionArns = aliasArns.map((arn) => arn.replace(/:[^:]+$/, ""));
  return {
    Version: "2012-10-17",
    Statement: [
      allow("MoveAliases", ["lambda:GetAlias", "lambda:UpdateAlias"], functionArns),
      allow("SeeConcurrency", ["lambda:GetProvisionedConcurrencyConfig"], [...aliasArns]),
      allow(
        "WatchAlarms",
        ["cloudwatch:DescribeAlarms"],
        [`arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`],
      ),
    ],
  };
}
