import type { Account } from "../types";

const logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

/**
 * Policies that AWS manages, by path and name; those that roles of functions and gateways commonly
 * have. Others are refused rather than attached without effect.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const actionsByName: Readonly<Record<string, readonly string[]>> = {
  "service-role/AWSLambdaBasicExecutionRole": logs,
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    ...logs,
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
  AWSXRayDaemonWriteAccess: [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
  ],
};

/** Whether an ARN is one of a policy that AWS manages, emulated or not. */
export function isManagedByAws(policyArn: string): boolean {
  return policyArn.includes("::aws:");
}

/** ARNs and documents of the policies that AWS manages. */
export function managedPolicies(account: Account): [arn: string, document: unknown][] {
  return Object.entries(actionsByName).map(([name, actions]) => [
    `arn:${account.partition}:iam::aws:policy/${name}`,
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    },
  ]);
}
