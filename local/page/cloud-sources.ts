import type { CloudWatch } from "../aws/cloudwatch/cloudwatch";
import type { DynamoDb } from "../aws/dynamodb/dynamodb";
import type { Iam } from "../aws/iam/iam";
import type { Principal } from "../aws/iam/types";
import type { Lambda } from "../aws/lambda/lambda";
import type { S3 } from "../aws/s3/s3";
import type { Sqs } from "../aws/sqs/sqs";
import type { PageSources } from "./sources";

/** The parts of a local cloud that the page looks into. */
export interface SourceServices {
  iam: Iam;
  dynamodb: DynamoDb;
  s3: S3;
  sqs: Sqs;
  cloudwatch: CloudWatch;
  lambda: Lambda;
  /** The folder of the mails that were sent. */
  inboxDir: string;
}

/**
 * What the page shows of these services.
 *
 * @param principal in whose name it reads: the account's root.
 */
export function cloudSources(services: SourceServices, principal: Principal): PageSources {
  const { iam, dynamodb, s3, sqs, cloudwatch, lambda, inboxDir } = services;
  return {
    grants: () => iam.usage(),
    dynamodb: (operation, input) => dynamodb.perform(principal, operation, input),
    inboxDir,
    alarms: () => cloudwatch.alarms(),
    compositeAlarms: () => cloudwatch.composites(),
    queues: () => sqs.queues(),
    moveBack: (queueArn) => sqs.moveBack(queueArn, principal),
    invoke: (functionName, payload) =>
      lambda.invoke({ functionName, payload, principal, invocationType: "RequestResponse" }),
    s3: (request) => s3.handle({ principal, headers: {}, ...request }),
  };
}
