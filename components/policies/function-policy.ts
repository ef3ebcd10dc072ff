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

/** What stores an image and takes it back. */
export function uploadImageStatements(
  imagesBucketArn: string,
  imagesTableArn: string,
): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "StoreImages",
      Effect: "Allow",
      // GetObject is for the presigned URL, which carries the signer's rights. DeleteObjectVersion
      // takes back the very version that was stored when its metadata cannot be: DeleteObject would
      // only hide it behind a marker.
      Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObjectVersion"],
      Resource: `${imagesBucketArn}/images/*`,
    },
    {
      Sid: "StoreMetadata",
      Effect: "Allow",
      // A write whose answer was lost may have been carried out, and is then taken back as well.
      Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
      Resource: imagesTableArn,
    },
  ];
}

/** What `listImagesStatements` grants access to. */
export interface ListedResources {
  imagesBucketArn: string;
  /** ARNs of the table's indexes; the table itself is not queried. */
  indexArns: string[];
  /** ARN of the KMS key that signs cursors. */
  cursorKeyArn: string;
}

/** What lists images, presigns their URLs, and signs and checks cursors. */
export function listImagesStatements(resources: ListedResources): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "QueryMetadata",
      Effect: "Allow",
      Action: "dynamodb:Query",
      Resource: resources.indexArns,
    },
    readImages(resources.imagesBucketArn),
    {
      Sid: "SignCursors",
      Effect: "Allow",
      Action: ["kms:GenerateMac", "kms:VerifyMac"],
      Resource: resources.cursorKeyArn,
    },
  ];
}

/** What finds an image and presigns its URL. */
export function getImageStatements(
  imagesBucketArn: string,
  imagesTableArn: string,
): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "ReadMetadata",
      Effect: "Allow",
      Action: "dynamodb:GetItem",
      Resource: imagesTableArn,
    },
    readImages(imagesBucketArn),
  ];
}

/** What reads a record and stores a result. */
export function processDataStatements(
  recordsTableArn: string,
  resultsBucketArn: string,
): aws.iam.PolicyStatement[] {
  return [
    {
      Sid: "ReadRecords",
      Effect: "Allow",
      Action: "dynamodb:GetItem",
      Resource: recordsTableArn,
    },
    {
      Sid: "StoreResults",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `${resultsBucketArn}/results/*`,
    },
  ];
}

function readImages(imagesBucketArn: string): aws.iam.PolicyStatement {
  return {
    Sid: "ReadImages",
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: `${imagesBucketArn}/images/*`,
  };
}
