import type { Sqs } from "../aws/sqs/sqs";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

interface QueueInputs {
  delaySeconds?: number;
  maxMessageSize?: number;
  messageRetentionSeconds?: number;
  policy?: unknown;
  receiveWaitTimeSeconds?: number;
  redrivePolicy?: string;
  sqsManagedSseEnabled?: boolean;
  tags?: Record<string, string>;
  visibilityTimeoutSeconds?: number;
}

interface QueuePolicyInputs {
  /** JSON text, or what was parsed from it. */
  policy: unknown;
  queueUrl: string;
}

/** Inputs that would make another kind of queue, or protect it in a way that is not emulated. */
const queueInputsNotEmulated = [
  "contentBasedDeduplication",
  "deduplicationScope",
  "fifoQueue",
  "fifoThroughputLimit",
  "kmsMasterKeyId",
  "namePrefix",
  "redriveAllowPolicy",
];

/** What the provider sends where nothing is given; SQS itself would take messages of 1 MiB. */
const defaults = {
  delaySeconds: 0,
  maxMessageSize: 262_144,
  messageRetentionSeconds: 345_600,
  receiveWaitTimeSeconds: 0,
  sqsManagedSseEnabled: true,
  visibilityTimeoutSeconds: 30,
};

/** The resource types of SQS. */
export function sqsResources(sqs: Sqs, account: Account): ResourceTypes {
  return {
    "aws:sqs/queue:Queue": (request) => Promise.resolve(createQueue(sqs, account, request)),
    "aws:sqs/queuePolicy:QueuePolicy": (request) =>
      Promise.resolve(createQueuePolicy(sqs, account, request)),
  };
}

function createQueue(sqs: Sqs, account: Account, request: ResourceRequest): ResourceState {
  refuseInputs(request, queueInputsNotEmulated);
  const inputs = { ...defaults, ...(request.inputs as QueueInputs) };
  const name = request.physicalName();
  const { arn, url } = sqs.createQueue({
    name,
    delaySeconds: inputs.delaySeconds,
    maximumMessageBytes: inputs.maxMessageSize,
    retentionSeconds: inputs.messageRetentionSeconds,
    receiveWaitSeconds: inputs.receiveWaitTimeSeconds,
    visibilityTimeoutSeconds: inputs.visibilityTimeoutSeconds,
    sqsManagedSse: inputs.sqsManagedSseEnabled,
    ...(inputs.redrivePolicy !== undefined && { redrivePolicy: inputs.redrivePolicy }),
  });
  if (inputs.policy !== undefined) {
    sqs.setQueuePolicy(url, inputs.policy);
  }
  return {
    id: url,
    outputs: {
      contentBasedDeduplication: false,
      deduplicationScope: "",
      fifoQueue: false,
      fifoThroughputLimit: "",
      kmsDataKeyReusePeriodSeconds: 300,
      kmsMasterKeyId: "",
      namePrefix: "",
      redriveAllowPolicy: "",
      redrivePolicy: "",
      ...inputs,
      arn,
      name,
      policy: inputs.policy === undefined ? "" : jsonText(inputs.policy),
      region: account.region,
      tagsAll: inputs.tags ?? {},
      url,
    },
  };
}

function createQueuePolicy(sqs: Sqs, account: Account, request: ResourceRequest): ResourceState {
  const { policy, queueUrl } = request.inputs as unknown as QueuePolicyInputs;
  sqs.setQueuePolicy(queueUrl, policy);
  return {
    id: queueUrl,
    outputs: { ...request.inputs, policy: jsonText(policy), region: account.region },
  };
}

function jsonText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
