import assert from "node:assert/strict";
import {
  functionPolicy,
  getImageStatements,
  lambdaTrustPolicy,
  listImagesStatements,
  processDataStatements,
  uploadImageStatements,
} from "../../../components/policies/function-policy";

const bucketArn = "arn:aws:s3:::bucket";
const tableArn = "arn:aws:dynamodb:us-east-1:123456789012:table/table";
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
const logGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f";

describe("lambdaTrustPolicy", () => {
  it("trusts Lambda on behalf of one account", () => {
    assert.deepEqual(lambdaTrustPolicy("123456789012"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });
});

describe("functionPolicy", () => {
  it("allows logging to the function's own group and tracing, the only use of *", () => {
    assert.deepEqual(functionPolicy(logGroupArn, []), {
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
          Resource: "*",
        },
      ],
    });
  });

  it("adds what the operation needs", () => {
    const statements = getImageStatements(bucketArn, tableArn);
    const { Statement } = functionPolicy(logGroupArn, statements);
    assert.deepEqual((Statement as unknown[]).slice(2), statements);
  });
});

describe("the statements of each operation", () => {
  it("let upload-image store an image and take it back", () => {
    assert.deepEqual(uploadImageStatements(bucketArn, tableArn), [
      {
        Sid: "StoreImages",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObjectVersion"],
        Resource: `${bucketArn}/images/*`,
      },
      {
        Sid: "StoreMetadata",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource: tableArn,
      },
    ]);
  });

  it("let list-images query indexes, presign URLs and sign cursors", () => {
    const statements = listImagesStatements({
      imagesBucketArn: bucketArn,
      indexArns: [`${tableArn}/index/A`, `${tableArn}/index/B`],
      cursorKeyArn: keyArn,
    });
    assert.deepEqual(statements, [
      {
        Sid: "QueryMetadata",
        Effect: "Allow",
        Action: "dynamodb:Query",
        Resource: [`${tableArn}/index/A`, `${tableArn}/index/B`],
      },
      {
        Sid: "ReadImages",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${bucketArn}/images/*`,
      },
      {
        Sid: "SignCursors",
        Effect: "Allow",
        Action: ["kms:GenerateMac", "kms:VerifyMac"],
        Resource: keyArn,
      },
    ]);
  });

  it("let get-image read metadata and presign a URL", () => {
    assert.deepEqual(getImageStatements(bucketArn, tableArn), [
      { Sid: "ReadMetadata", Effect: "Allow", Action: "dynamodb:GetItem", Resource: tableArn },
      {
        Sid: "ReadImages",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${bucketArn}/images/*`,
      },
    ]);
  });

  it("let process-data read records and store results", () => {
    assert.deepEqual(processDataStatements(tableArn, bucketArn), [
      { Sid: "ReadRecords", Effect: "Allow", Action: "dynamodb:GetItem", Resource: tableArn },
      {
        Sid: "StoreResults",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${bucketArn}/results/*`,
      },
    ]);
  });
});
