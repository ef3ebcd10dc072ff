import type { Sns } from "../aws/sns/sns";
import type { Account } from "../aws/types";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

interface TopicInputs {
  displayName?: string;
  kmsMasterKeyId?: string;
  fifoTopic?: boolean;
  policy?: string;
  tags?: Record<string, string>;
}

interface TopicPolicyInputs {
  arn: string;
  /** JSON text. */
  policy: string;
}

interface TopicSubscriptionInputs {
  topic: string;
  protocol: string;
  endpoint: string;
}

/** Inputs that would change what is delivered; the local SNS delivers everything as it is. */
const subscriptionInputsNotEmulated = ["filterPolicy", "redrivePolicy", "replayPolicy"];

/** The resource types of SNS. */
export function snsResources(sns: Sns, account: Account): ResourceTypes {
  return {
    "aws:sns/topic:Topic": (request) => Promise.resolve(createTopic(sns, account, request)),
    "aws:sns/topicPolicy:TopicPolicy": (request) =>
      Promise.resolve(createTopicPolicy(sns, account, request)),
    "aws:sns/topicSubscription:TopicSubscription": (request) =>
      createTopicSubscription(sns, account, request),
  };
}

function createTopic(sns: Sns, account: Account, request: ResourceRequest): ResourceState {
  const inputs = request.inputs as TopicInputs;
  const name = request.physicalName();
  const { arn } = sns.createTopic({
    name,
    fifo: inputs.fifoTopic ?? false,
    displayName: inputs.displayName,
    kmsKeyId: inputs.kmsMasterKeyId,
  });
  if (inputs.policy !== undefined) {
    sns.setTopicPolicy(arn, inputs.policy);
  }
  return {
    id: arn,
    outputs: {
      ...request.inputs,
      name,
      arn,
      owner: account.accountId,
      policy: JSON.stringify(sns.topicPolicy(arn)),
      region: account.region,
      signatureVersion: 0,
      tracingConfig: "",
      fifoThroughputScope: "",
      beginningArchiveTime: "",
      tagsAll: inputs.tags ?? {},
    },
  };
}

function createTopicPolicy(sns: Sns, account: Account, request: ResourceRequest): ResourceState {
  const { arn, policy } = request.inputs as unknown as TopicPolicyInputs;
  sns.setTopicPolicy(arn, policy);
  return {
    id: arn,
    outputs: { ...request.inputs, owner: account.accountId, region: account.region },
  };
}

async function createTopicSubscription(
  sns: Sns,
  account: Account,
  request: ResourceRequest,
): Promise<ResourceState> {
  for (const input of subscriptionInputsNotEmulated) {
    if (input in request.inputs) {
      throw new Error(`${request.name}: the local cloud does not emulate ${input}`);
    }
  }
  const { topic, protocol, endpoint } = request.inputs as unknown as TopicSubscriptionInputs;
  const { arn } = await sns.subscribe({ topicArn: topic, protocol, endpoint });
  return {
    id: arn,
    outputs: {
      confirmationTimeoutInMinutes: 1,
      endpointAutoConfirms: false,
      rawMessageDelivery: false,
      filterPolicyScope: "",
      ...request.inputs,
      arn,
      ownerId: account.accountId,
      region: account.region,
      confirmationWasAuthenticated: false,
      // Real subscriptions wait for a click in the mail; these are confirmed at once.
      pendingConfirmation: false,
    },
  };
}
