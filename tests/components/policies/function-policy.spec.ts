import assert from "node:assert/strict";
import type * as aws from "@pulumi/aws";
import { functionPolicy, lambdaTrustPolicy } from "../../../components/policies/function-policy";
import { allow } from "../../../components/policies/grants";

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

  it("allows no tracing where there is none", () => {
    const { Statement } = functionPolicy(logGroupArn, [], { tracing: false });
    assert.deepEqual(
      (Statement as aws.iam.PolicyStatement[]).map(({ Sid }) => Sid),
      ["WriteLogs"],
    );
  });

  it("adds what the operation needs", () => {
    const statements = [allow("ReadMetadata", ["dynamodb:GetItem"], ["arn:table"])];
    const { Statement } = functionPolicy(logGroupArn, statements);
    assert.deepEqual((Statement as unknown[]).slice(2), statements);
  });
});
