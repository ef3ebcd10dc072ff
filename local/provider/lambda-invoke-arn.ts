import type { Account } from "../aws/types";

/** What an integration of API Gateway names, given the ARN of a function, a version or an alias. */
export function invokeArn(
  account: Account,
  functionArn: string,
  version = "2015-03-31",
  path = "invocations",
): string {
  const { partition, region } = account;
  return `arn:${partition}:apigateway:${region}:lambda:path/${version}/functions/${functionArn}/${path}`;
}
