import { fifoName, fifoOnly } from "./fifo";
import {
  between,
  conflicts,
  custom,
  flag,
  integer,
  json,
  map,
  oneOf,
  required,
  text,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of SQS. */
export const sqsRules: RulesByType = {
  "aws:sqs/queue:Queue": regional(
    {
      contentBasedDeduplication: flag(),
      deduplicationScope: text(oneOf("messageGroup", "queue")),
      delaySeconds: integer(between(0, 900)),
      fifoQueue: flag(),
      fifoThroughputLimit: text(oneOf("perMessageGroupId", "perQueue")),
      kmsDataKeyReusePeriodSeconds: integer(between(60, 86400)),
      kmsMasterKeyId: text(),
      maxMessageSize: integer(between(1024, 1_048_576)),
      messageRetentionSeconds: integer(between(60, 1209600)),
      name: text(),
      namePrefix: text(),
      policy: text(json()),
      receiveWaitTimeSeconds: integer(),
      redriveAllowPolicy: text(json()),
      redrivePolicy: text(json()),
      sqsManagedSseEnabled: flag(),
      tags: map(),
      visibilityTimeoutSeconds: integer(between(0, 43200)),
    },
    conflicts("name", "namePrefix"),
    conflicts("kmsMasterKeyId", "sqsManagedSseEnabled"),
    ...fifoOnly("fifoQueue", ["contentBasedDeduplication"]),
    custom(fifoName({ fifo: "fifoQueue", maxLength: 80 })),
  ),
  "aws:sqs/queuePolicy:QueuePolicy": regional({
    policy: required(text(json())),
    queueUrl: required(text()),
  }),
};
