/** Whose access logs are delivered where. */
export interface LogGrant {
  /** ARN of the bucket of logs. */
  bucketArn: string;
  accountId: string;
  /** ARNs of what may have its logs delivered, and of nothing else. */
  sourceArns: readonly string[];
}
