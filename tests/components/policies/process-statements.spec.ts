import assert from "node:assert/strict";
import {
  deleteRecordStatements,
  getRecordStatements,
  listResultsStatements,
  processDataStatements,
  putRecordStatements,
} from "../../../components/policies/process-statements";

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

/** All that statements say but for their names. */
function grantsOf(statements: { Action?: unknown; Resource?: unknown }[]): unknown[] {
  return statements.map(({ Action, Resource }) => [Action, Resource]);
}

describe("listResultsStatements", () => {
  it("query results, of all and of one user, and read none by a key", () => {
    assert.deepEqual(grantsOf(listResultsStatements({ resultsTable: "arn:results" })), [
      [["dynamodb:Query"], ["arn:results", "arn:results/index/UserResultsIndex"]],
    ]);
  });
});

describe("statements of records", () => {
  const arns = { recordsTable: "arn:records" };

  it("look at a record, and do the one thing to it", () => {
    assert.deepEqual(grantsOf(putRecordStatements(arns)), [
      [["dynamodb:GetItem", "dynamodb:PutItem"], ["arn:records"]],
    ]);
    assert.deepEqual(grantsOf(getRecordStatements(arns)), [
      [["dynamodb:GetItem"], ["arn:records"]],
    ]);
    assert.deepEqual(grantsOf(deleteRecordStatements(arns)), [
      [["dynamodb:GetItem", "dynamodb:DeleteItem"], ["arn:records"]],
    ]);
  });
});
