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

/** X-Ray knows no resource-level permissions for these actions. */
const writeTraces: aws.iam.PolicyStatement = {
  Sid: "WriteTraces",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

/**
 * What a function may do: log to its own group, trace, and what `statements` say.
 *
 * @param tracing whether it traces at all.
 */
export function functionPolicy(
  logGroupArn: string,
  statements: aws.iam.PolicyStatement[],
  { tracing = true } = {},
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
      ...(tracing ? [writeTraces] : []),
      ...statements,
    ],
  };
}
