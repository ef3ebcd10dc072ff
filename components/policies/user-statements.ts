import type * as aws from "@pulumi/aws";
import { allow, type Arns } from "./grants";

/** What counts the images of users, as they are published and withdrawn. */
export function countImagesStatements({
  usersTable,
}: Arns<"usersTable">): aws.iam.PolicyStatement[] {
  return [allow("CountImages", ["dynamodb:UpdateItem"], [usersTable])];
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
