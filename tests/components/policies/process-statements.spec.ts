import assert from "node:assert/strict";
import { processDataStatements } from "../../../components/policies/process-statements";

describe("processDataStatements", () => {
  it("read records, store results, find them again and list them, and remember answers", () => {
    const arns = {
      recordsTable: "arn:records",
      resultsBucket: "arn:bucket",
      resultsTable: "arn:results",
      idempotencyTable: "arn:answers",
    };
    assert.deepEqual(processDataStatements(arns), [
      {
        Sid: "ReadRecords",
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: ["arn:records"],
      },
      {
        Sid: "StoreResults",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetObject"],
        Resource: ["arn:bucket/results/*"],
      },
      {
        Sid: "AddResults",
        Effect: "Allow",
        Action: ["dynamodb:PutItem"],
        Resource: ["arn:results"],
      },
      {
        Sid: "RememberAnswers",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
        Resource: ["arn:answers"],
      },
    ]);
  });
});
