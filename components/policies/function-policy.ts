import type * as aws from "@pulumi/aws";

/** Lets Lambda, for functions of this account, take on the role. */
export function lambdaTrustPolicy(accountId: string): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}

/** What a function may do: log to its own group, trace, and what `statements` say. */
export function functionPolicy(
  logGroupArn: string,
  statements: aws.iam.PolicyStatement[],
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      {
        Sid: "WriteTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        // X-Ray knows no resource-level permissions for these actions.
        Resource: "*",
      },
      ...statements,
    ],
  };
}
