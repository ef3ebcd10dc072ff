import type * as aws from "@pulumi/aws";
import { userResultsIndex } from "../../handlers/records/results-table";
import { allow, type Arns, objectsUnder, rememberAnswers } from "./grants";

/** What lists results, of all users or of one. */
export function listResultsStatements({
  resultsTable,
}: Arns<"resultsTable">): aws.iam.PolicyStatement[] {
  // Partitions are ids of records, with and without users, which only the function knows.
  return [
    allow(
      "QueryResults",
      ["dynamodb:Query"],
      [resultsTable, `${resultsTable}/index/${userResultsIndex}`],
    ),
  ];
}

/** What looks at a record, and puts another in its place. */
export function putRecordStatements({
  recordsTable,
}: Arns<"recordsTable">): aws.iam.PolicyStatement[] {
  return [allow("PutRecords", ["dynamodb:GetItem", "dynamodb:PutItem"], [recordsTable])];
}

/** What finds a record. */
export function getRecordStatements(arns: Arns<"recordsTable">): aws.iam.PolicyStatement[] {
  return [readRecords(arns)];
}

/** What looks at a record, and removes it. */
export function deleteRecordStatements({
  recordsTable,
}: Arns<"recordsTable">): aws.iam.PolicyStatement[] {
  return [allow("RemoveRecords", ["dynamodb:GetItem", "dynamodb:DeleteItem"], [recordsTable])];
}

/**
 * What reads a record and stores a result, or finds that a repeated request's is there already, and
 * lists it.
 */
export function processDataStatements(
  arns: Arns<"recordsTable" | "resultsBucket" | "resultsTable" | "idempotencyTable">,
): aws.iam.PolicyStatement[] {
  return [
    readRecords(arns),
    allow(
      "StoreResults",
      ["s3:PutObject", "s3:GetObject"],
      objectsUnder(arns.resultsBucket, "results/"),
    ),
    allow("AddResults", ["dynamodb:PutItem"], [arns.resultsTable]),
    rememberAnswers(arns),
  ];
}

function readRecords({ recordsTable }: Arns<"recordsTable">): aws.iam.PolicyStatement {
  return allow("ReadRecords", ["dynamodb:GetItem"], [recordsTable]);
}
