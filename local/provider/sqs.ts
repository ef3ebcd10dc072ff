import { regionalArn } from "../aws/arn";
import { settingsOf } from "../aws/sqs/queue-definition";
import type { QueueDefinition } from "../aws/sqs/queue-definition";
import type { Sqs } from "../aws/sqs/sqs";
import type { Account } from "../aws/types";
import { counted } from "./counted";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

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
    "aws:sqs/queue:Queue": (request) => planQueue(sqs, account, request),
    "aws:sqs/queuePolicy:QueuePolicy": (request) => planQueuePolicy(sqs, account, request),
  };
}

function planQueue(sqs: Sqs, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, queueInputsNotEmulated);
  const inputs = { ...defaults, ...(request.inputs as QueueInputs) };
  const name = request.physicalName();
  settingsOf(definitionOf(name, inputs));
  const url = sqs.queueUrl(name);
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
      arn: regionalArn(account, "sqs", name),
      name,
      policy: inputs.policy === undefined ? "" : jsonText(inputs.policy),
      region: account.region,
      tagsAll: inputs.tags ?? {},
      url,
    },
    create: () => {
      sqs.createQueue(definitionOf(name, inputs));
      if (inputs.policy !== undefined) {
        sqs.setQueuePolicy(url, inputs.policy);
      }
    },
    update: () => {
      sqs.setQueueAttributes(definitionOf(name, inputs));
      if (inputs.policy !== undefined) {
        sqs.setQueuePolicy(url, inputs.policy);
      }
    },
    remove: () => {
      sqs.deleteQueue(name);
    },
    content: () => counted(sqs.messageCount(name), "message"),
  };
}

function definitionOf(name: string, inputs: QueueInputs & typeof defaults): QueueDefinition {
  return {
    name,
    delaySeconds: inputs.delaySeconds,
    maximumMessageBytes: inputs.maxMessageSize,
    retentionSeconds: inputs.messageRetentionSeconds,
    receiveWaitSeconds: inputs.receiveWaitTimeSeconds,
    visibilityTimeoutSeconds: inputs.visibilityTimeoutSeconds,
    sqsManagedSse: inputs.sqsManagedSseEnabled,
    tags: inputs.tags ?? {},
    ...(inputs.redrivePolicy !== undefined && { redrivePolicy: inputs.redrivePolicy }),
  };
}

function planQueuePolicy(sqs: Sqs, account: Account, request: ResourceRequest): PlannedResource {
  const { policy, queueUrl } = request.inputs as unknown as QueuePolicyInputs;
  return {
    id: queueUrl,
    outputs: { ...request.inputs, policy: jsonText(policy), region: account.region },
    create: () => {
      sqs.setQueuePolicy(queueUrl, policy);
    },
    remove: () => {
      sqs.setQueuePolicy(queueUrl, undefined);
    },
  };
}

function jsonText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
