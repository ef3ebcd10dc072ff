import type { RoleUsage } from "../aws/iam/usage";
import type { Alarm } from "../aws/cloudwatch/alarm";
import type { CompositeAlarm } from "../aws/cloudwatch/composite-alarm";
import type { OperationInput } from "../aws/dynamodb/operation-input";
import type { InternalReply, InternalRequest } from "../aws/s3/s3";
import type { Queue } from "../aws/sqs/queue";
import type { InvokeResult } from "../aws/types";

/** What the page shows of a local cloud, read when somebody looks, in the name of the account. */
export interface PageSources {
  /** What every role was granted, used and refused since the start. */
  grants(): RoleUsage[];
  /**
   * Performs an operation of DynamoDB.
   *
   * @throws AwsError
   */
  dynamodb(operation: string, input: OperationInput): Promise<object>;
  /** Performs a read of S3; errors are replies, as over HTTP. */
  s3(request: ReadRequest): Promise<InternalReply>;
  /** The folder of the mails that were sent. */
  inboxDir: string;
  alarms(): Alarm[];
  compositeAlarms(): CompositeAlarm[];
  queues(): Queue[];
  /**
   * Moves what waits in a dead-letter queue back to where it came from.
   *
   * @returns how many messages.
   * @throws AwsError
   */
  moveBack(queueArn: string): number;
  /**
   * Invokes a function and waits for what comes of it.
   *
   * @throws AwsError
   */
  invoke(functionArn: string, payload: string): Promise<InvokeResult>;
}

/** What is to be read from S3; without a key, of the bucket; without a bucket, all buckets. */
export interface ReadRequest extends Pick<InternalRequest, "query"> {
  method: "GET" | "HEAD";
  bucket: string;
  key: string;
}
