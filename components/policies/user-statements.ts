import type * as aws from "@pulumi/aws";
import { allow, type Arns } from "./grants";

/**
 * What counts the images of users, in the very transaction that publishes or withdraws them: by itself,
 * no count can be changed.
 */
export function countImagesStatements({
  usersTable,
}: Arns<"usersTable">): aws.iam.PolicyStatement[] {
  return [
    allow("CountImages", ["dynamodb:UpdateItem"], [usersTable], {
      "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": ["TransactWriteItems"] },
    }),
  ];
}

/** What tells how much a user has. */
export function readCountsStatements({
  usersTable,
}: Arns<"usersTable">): aws.iam.PolicyStatement[] {
  return [allow("ReadCounts", ["dynamodb:GetItem"], [usersTable])];
}

/** What tells the gateway to which API key the requests of users count. */
export function authorizeStatements({
  apiKeyParameter,
}: Arns<"apiKeyParameter">): aws.iam.PolicyStatement[] {
  return [allow("ReadApiKey", ["ssm:GetParameter"], [apiKeyParameter])];
}
