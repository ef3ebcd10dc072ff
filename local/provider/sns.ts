import { regionalArn } from "../aws/arn";
import { subscriptionArn } from "../aws/sns/sns";
import type { Sns } from "../aws/sns/sns";
import { defaultTopicPolicy } from "../aws/sns/topic";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

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
    "aws:sns/topic:Topic": (request) => planTopic(sns, account, request),
    "aws:sns/topicPolicy:TopicPolicy": (request) => planTopicPolicy(sns, account, request),
    "aws:sns/topicSubscription:TopicSubscription": (request) =>
      planTopicSubscription(sns, account, request),
  };
}

function planTopic(sns: Sns, account: Account, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as TopicInputs;
  const name = request.physicalName();
  const arn = regionalArn(account, "sns", name);
  const definition = {
    name,
    fifo: inputs.fifoTopic ?? false,
    displayName: inputs.displayName,
    kmsKeyId: inputs.kmsMasterKeyId,
    tags: inputs.tags ?? {},
  };
  return {
    id: arn,
    outputs: {
      ...request.inputs,
      name,
      arn,
      owner: account.accountId,
      policy: inputs.policy ?? JSON.stringify(defaultTopicPolicy(account, arn)),
      region: account.region,
      signatureVersion: 0,
      tracingConfig: "",
      fifoThroughputScope: "",
      beginningArchiveTime: "",
      tagsAll: inputs.tags ?? {},
    },
    create: () => {
      sns.createTopic(definition);
      if (inputs.policy !== undefined) {
        sns.setTopicPolicy(arn, inputs.policy);
      }
    },
    update: () => {
      sns.setTopicAttributes(definition);
      if (inputs.policy !== undefined) {
        sns.setTopicPolicy(arn, inputs.policy);
      }
    },
    remove: () => {
      sns.deleteTopic(arn);
    },
  };
}

function planTopicPolicy(sns: Sns, account: Account, request: ResourceRequest): PlannedResource {
  const { arn, policy } = request.inputs as unknown as TopicPolicyInputs;
  return {
    id: arn,
    outputs: { ...request.inputs, owner: account.accountId, region: account.region },
    create: () => {
      sns.setTopicPolicy(arn, policy);
    },
    remove: () => {
      sns.resetTopicPolicy(arn);
    },
  };
}

function planTopicSubscription(
  sns: Sns,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, subscriptionInputsNotEmulated);
  const { topic, protocol, endpoint } = request.inputs as unknown as TopicSubscriptionInputs;
  const subscription = { topicArn: topic, protocol, endpoint };
  const arn = subscriptionArn(subscription);
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
    create: async () => {
      await sns.subscribe(subscription);
    },
    remove: () => {
      sns.unsubscribe(subscription);
    },
  };
}
