import type * as aws from "@pulumi/aws";

/** The policy of a bucket that answers over TLS only; `statements` say who else may what. */
export function bucketPolicy(
  bucketArn: string,
  statements: aws.iam.PolicyStatement[],
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...statements,
    ],
  };
}

/**
 * Lets one CloudFront distribution, and no other of any account, read objects.
 *
 * Without `s3:ListBucket`, S3 answers 403 for an object that is not there. That is kept: with the
 * permission, S3 would list the bucket to whoever opens the distribution's root.
 *
 * @param keys of the objects; `*` stands for any characters.
 */
export function cloudFrontRead(
  bucketArn: string,
  distributionArn: string,
  keys: readonly string[],
): aws.iam.PolicyStatement {
  return {
    Sid: "CloudFrontRead",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: keys.map((key) => `${bucketArn}/${key}`),
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
}
