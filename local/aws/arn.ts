import type { Account } from "./types";

/** Of a resource in the account's region, such as `arn:aws:sqs:us-east-1:123456789012:jobs`. */
export function regionalArn(account: Account, service: string, resource: string): string {
  const { partition, region, accountId } = account;
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** Of a resource of a service without regions, such as `arn:aws:iam::123456789012:role/reader`. */
export function globalArn(account: Account, service: string, resource: string): string {
  const { partition, accountId } = account;
  return `arn:${partition}:${service}::${accountId}:${resource}`;
}

/** The service of an ARN, such as `sqs`; empty for what is none. */
export function serviceOf(arn: string): string {
  return arn.split(":")[2] ?? "";
}

/** The region of an ARN; empty for a resource of a service without regions, and for what is none. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
