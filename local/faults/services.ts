import { operationNames as cloudfrontOperations } from "../aws/cloudfront/api";
import { conflictingOperations } from "../aws/dynamodb/conflicts";
import { operationNames as dynamodbOperations } from "../aws/dynamodb/operations";
import { operationNames as streamsOperations } from "../aws/dynamodb/streams/api";
import { operationNames as eventsOperations } from "../aws/events/api";
import { operationNames as kmsOperations } from "../aws/kms/api";
import { operationNames as s3Operations } from "../aws/s3/router";
import { operationNames as snsOperations } from "../aws/sns/api";
import { operationNames as sqsOperations } from "../aws/sqs/api";
import { operationNames as ssmOperations } from "../aws/ssm/ssm";
import type { FaultKind } from "../aws/types";

/** What can go wrong with a service. */
export interface FaultyService {
  operations: readonly string[];
  kinds: readonly FaultKind[];
  /** What else can go wrong, and with which of the operations. */
  further?: Partial<Record<FaultKind, readonly string[]>>;
}

const overHttp: readonly FaultKind[] = ["error", "throttle", "drop"];

/** The services whose calls can fail, as rules name them. */
export type FaultyServiceName =
  | "s3"
  | "dynamodb"
  | "kms"
  | "ssm"
  | "sqs"
  | "sns"
  | "events"
  | "lambda"
  | "cloudfront";

export const faultyServices: Readonly<Record<FaultyServiceName, FaultyService>> = {
  s3: { operations: s3Operations, kinds: overHttp },
  dynamodb: {
    operations: [...dynamodbOperations, ...streamsOperations],
    kinds: overHttp,
    further: { conflict: conflictingOperations },
  },
  kms: { operations: kmsOperations, kinds: overHttp },
  ssm: { operations: ssmOperations, kinds: overHttp },
  sqs: { operations: sqsOperations, kinds: overHttp },
  sns: { operations: snsOperations, kinds: overHttp },
  events: { operations: eventsOperations, kinds: overHttp },
  cloudfront: { operations: cloudfrontOperations, kinds: overHttp },
  lambda: { operations: ["Invoke"], kinds: ["throttle", "crash"] },
};

/** What can go wrong with an operation, or with any of the service: `*`. */
export function faultKindsOf(service: FaultyServiceName, operation: string): FaultKind[] {
  const { kinds, further = {} } = faultyServices[service];
  const others = Object.entries(further) as [FaultKind, readonly string[]][];
  return [
    ...kinds,
    ...others.flatMap(([kind, operations]) => (operations.includes(operation) ? kind : [])),
  ];
}
