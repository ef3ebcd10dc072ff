import { z } from "zod";
import { pageOf } from "../../api/page-of";
import { integer, parseInput, queueUrl, type Action, type ActionContext } from "../action";
import { invalidParameter } from "../sqs-error";
import type { Queue } from "../queue";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
const maxResults = 1000;

const page = { MaxResults: integer(1, maxResults).optional(), NextToken: z.string().optional() };
const listInput = z.strictObject({ QueueNamePrefix: z.string().default(""), ...page });
const sourcesInput = z.strictObject({ QueueUrl: queueUrl, ...page });

/** ListQueues: URLs of the account's queues. */
export const listQueues: Action = (input, context) => {
  const { QueueNamePrefix, ...asked } = parseInput(listInput, input);
  context.requireAccount("sqs:ListQueues");
  const queues = context
    .queues()
    .filter(({ settings }) => settings.name.startsWith(QueueNamePrefix));
  const { urls, NextToken } = urlsPage(queues, asked, context);
  return { QueueUrls: urls.length === 0 ? undefined : urls, NextToken };
};

/** ListDeadLetterSourceQueues: whose messages end in a queue. */
export const listDeadLetterSourceQueues: Action = (input, context) => {
  const { QueueUrl, ...asked } = parseInput(sourcesInput, input);
  const { arn } = context.authorizedQueue(QueueUrl, "sqs:ListDeadLetterSourceQueues");
  const sources = context
    .queues()
    .filter(({ settings }) => settings.deadLetters?.targetArn === arn);
  const { urls, NextToken } = urlsPage(sources, asked, context);
  return { queueUrls: urls, NextToken };
};

/** ListQueueTags. */
export const listQueueTags: Action = (input, { authorizedQueue }) => {
  const { QueueUrl } = parseInput(z.strictObject({ QueueUrl: queueUrl }), input);
  const { tags } = authorizedQueue(QueueUrl, "sqs:ListQueueTags").settings;
  return Object.keys(tags).length === 0 ? {} : { Tags: new Map(Object.entries(tags)) };
};

function urlsPage(
  queues: readonly Queue[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  context: ActionContext,
) {
  const urls = queues.map(({ settings }) => context.queueUrl(settings.name));
  const invalid = () => invalidParameter("Invalid or expired next token.");
  const { items, nextToken } = pageOf(urls, NextToken, MaxResults ?? maxResults, invalid);
  // Who does not ask for pages gets no token, as on AWS.
  return { urls: items, NextToken: MaxResults === undefined ? undefined : nextToken };
}
