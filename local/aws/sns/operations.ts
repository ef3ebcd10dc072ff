import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { rootArn } from "../iam/policy-principals";
import { parseInput } from "../parse-input";
import { tagList } from "../tag-list";
import type { Account } from "../types";
import type { OperationContext } from "./operation-context";
import { publishBatch } from "./publish-batch";
import { publishRequestOf } from "./publish-input";
import { invalidParameter } from "./sns-error";
import type { Subscription, Topic } from "./topic";
import { requireTopicArn } from "./topic-arn";

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const pageSize = 100;

const listInput = z.object({ NextToken: z.string().optional() });
const topicInput = z.object({ TopicArn: z.string(), NextToken: z.string().optional() });
/** What SNS does where a topic says nothing else about HTTP subscribers, of which there are none. */
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
});

/** Topics and subscriptions are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  GetSubscriptionAttributes: (input, { account, caller, topics }) => {
    const { SubscriptionArn } = read(z.object({ SubscriptionArn: z.string() }), input);
    const topic = topics.find(({ subscriptions }) => subscriptions.has(SubscriptionArn));
    const subscription = topic?.subscriptions.get(SubscriptionArn);
    if (!topic || !subscription) {
      throw new AwsError("NotFound", "Subscription does not exist", 404);
    }
    caller.require("sns:GetSubscriptionAttributes", topic.arn, { resourcePolicy: topic.policy });
    const attributes = {
      ...described(account, topic, subscription),
      ConfirmationWasAuthenticated: "false",
      PendingConfirmation: "false",
      RawMessageDelivery: "false",
      SubscriptionPrincipal: rootArn(account),
    };
    return { Attributes: new Map(Object.entries(attributes)) };
  },
  GetTopicAttributes: (input, context) => {
    const {
      arn,
      displayName = "",
      kmsKeyId,
      policy,
      subscriptions,
    } = topicOf(input, context, "sns:GetTopicAttributes");
    const attributes = {
      TopicArn: arn,
      Owner: context.account.accountId,
      Policy: JSON.stringify(policy),
      DisplayName: displayName,
      SubscriptionsPending: "0",
      SubscriptionsConfirmed: String(subscriptions.size),
      SubscriptionsDeleted: "0",
      EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
      ...(kmsKeyId !== undefined && { KmsMasterKeyId: kmsKeyId }),
    };
    return { Attributes: new Map(Object.entries(attributes)) };
  },
  ListSubscriptions: (input, { account, caller, topics }) => {
    caller.require("sns:ListSubscriptions", "*");
    return subscriptionsPage(account, topics, input);
  },
  ListSubscriptionsByTopic: (input, context) => {
    const topic = topicOf(input, context, "sns:ListSubscriptionsByTopic");
    return subscriptionsPage(context.account, [topic], input);
  },
  ListTagsForResource: (input, { caller, topics }) => {
    const { ResourceArn } = read(z.object({ ResourceArn: z.string() }), input);
    const topic = topics.find(({ arn }) => arn === ResourceArn);
    caller.require(
      "sns:ListTagsForResource",
      ResourceArn,
      topic && { resourcePolicy: topic.policy },
    );
    if (!topic) {
      throw new AwsError("ResourceNotFound", "Resource does not exist", 404);
    }
    return { Tags: tagList(topic.tags ?? {}) };
  },
  ListTopics: (input, { caller, topics }) => {
    caller.require("sns:ListTopics", "*");
    const { items, nextToken } = page(topics, input);
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken: nextToken };
  },
  Publish: async (input, { account, caller, publish }) => {
    const request = publishRequestOf(input, account);
    const { messageId } = await publish({ ...request, principal: caller.principal });
    return { MessageId: messageId };
  },
  PublishBatch: publishBatch,
};

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "InvalidParameter");
}

function topicOf(input: unknown, context: OperationContext, action: string): Topic {
  const { account, caller, topics } = context;
  const { TopicArn } = read(topicInput, input);
  requireTopicArn(TopicArn, "TopicArn", account);
  const topic = topics.find(({ arn }) => arn === TopicArn);
  caller.require(action, TopicArn, topic && { resourcePolicy: topic.policy });
  if (!topic) {
    throw new AwsError("NotFound", "Topic does not exist", 404);
  }
  return topic;
}

function page<Item>(all: readonly Item[], input: unknown) {
  const { NextToken } = read(listInput, input);
  return pageOf(all, NextToken, pageSize, () => invalidParameter("NextToken"));
}

function subscriptionsPage(account: Account, topics: readonly Topic[], input: unknown) {
  const all = topics.flatMap((topic) =>
    [...topic.subscriptions.values()].map((each) => described(account, topic, each)),
  );
  const { items, nextToken } = page(all, input);
  return { Subscriptions: items, NextToken: nextToken };
}

function described({ accountId }: Account, topic: Topic, subscription: Subscription) {
  const { arn, protocol, endpoint } = subscription;
  return {
    SubscriptionArn: arn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topic.arn,
  };
}
