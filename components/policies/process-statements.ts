import type * as aws from "@pulumi/aws";
import { allow, type Arns, objectsUnder, rememberAnswers } from "./grants";

/**
 * What reads a record and stores a result, or finds that a repeated request's is there already, and
 * lists it.
 */
export function processDataStatements(
  arns: Arns<"recordsTable" | "resultsBucket" | "resultsTable" | "idempotencyTable">,
): aws.iam.PolicyStatement[] {
  return [
    allow("ReadRecords", ["dynamodb:GetItem"], [arns.recordsTable]),
    allow(
      "StoreResults",
      ["s3:PutObject", "s3:GetObject"],
      objectsUnder(arns.resultsBucket, "results/"),
    ),
    allow("AddResults", ["dynamodb:PutItem"], [arns.resultsTable]),
    rememberAnswers(arns),
  ];
}
