import assert from "node:assert/strict";
import {
  authorizeStatements,
  countImagesStatements,
  readCountsStatements,
} from "../../../components/policies/user-statements";

describe("countImagesStatements", () => {
  it("change counts in transactions, and by no other request", () => {
    assert.deepEqual(countImagesStatements({ usersTable: "arn:users" }), [
      {
        Sid: "CountImages",
        Effect: "Allow",
        Action: ["dynamodb:UpdateItem"],
        Resource: ["arn:users"],
        Condition: {
          "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems"] },
        },
      },
    ]);
  });
});

describe("readCountsStatements", () => {
  it("get counts of one user at a time", () => {
    assert.deepEqual(readCountsStatements({ usersTable: "arn:users" }), [
      {
        Sid: "ReadCounts",
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: ["arn:users"],
      },
    ]);
  });
});

describe("authorizeStatements", () => {
  it("read the one parameter of the API key", () => {
    assert.deepEqual(authorizeStatements({ apiKeyParameter: "arn:parameter" }), [
      {
        Sid: "ReadApiKey",
        Effect: "Allow",
        Action: ["ssm:GetParameter"],
        Resource: ["arn:parameter"],
      },
    ]);
  });
});
