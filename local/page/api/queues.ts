import { parseFailureRecord } from "../../aws/lambda/failure-record";
import type { Message } from "../../aws/sqs/message";
import type { Queue } from "../../aws/sqs/queue";
import { notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import type { PageSources } from "../sources";
import { watchChanges } from "../watch-changes";
import { redrive } from "./redrive";
import type { QueueAnswer, QueueInfo, QueueMessage, QueuesAnswer, Redriven } from "./types";

type QueueSource = Pick<PageSources, "invoke" | "moveBack" | "queues">;

/** So many of the oldest messages are shown. */
const maxMessages = 100;

/** The queues, what waits in them, which stays there, and its way back to where it failed. */
export function queueRoutes(source: QueueSource): ApiRoute[] {
  const find = (name: string): Queue => {
    const queue = source.queues().find(({ settings }) => settings.name === name);
    if (!queue) {
      throw notFound(`There is no queue ${JSON.stringify(name)}.`);
    }
    return queue;
  };
  return [
    {
      method: "GET",
      path: "/api/queues",
      answer: (): QueuesAnswer => ({
        queues: source.queues().map((queue) => infoOf(queue, source.queues())),
      }),
    },
    {
      method: "GET",
      path: "/api/queues/{name}",
      answer: ({ params: { name = "" } }): QueueAnswer => {
        const queue = find(name);
        const messages = queue.peek().slice(0, maxMessages).map(messageOf);
        return { queue: infoOf(queue, source.queues()), messages };
      },
    },
    {
      method: "POST",
      path: "/api/queues/{name}/redrive",
      answer: ({ params: { name = "" } }): Promise<Redriven> =>
        redrive(find(name), {
          ...source,
          isDeadLetterQueue: feedsOf(find(name), source).length > 0,
        }),
    },
  ];
}

/** Tells pages of queues in which something else waits. */
export function queueEvents({ queues }: QueueSource): EventSource {
  return (send) =>
    watchChanges(
      () => new Map(queues().map((queue) => [queue.settings.name, JSON.stringify(queue.depth())])),
      (name) => {
        send("queue", { name });
      },
    );
}

/** The queues that give up messages to this one. */
function feedsOf({ arn }: Queue, { queues }: Pick<PageSources, "queues">): Queue[] {
  return queues().filter(({ settings }) => settings.deadLetters?.targetArn === arn);
}

function infoOf(queue: Queue, all: readonly Queue[]): QueueInfo {
  const feeds = feedsOf(queue, { queues: () => [...all] });
  const hasFailures = queue.peek().some(({ body }) => parseFailureRecord(body) !== undefined);
  return {
    name: queue.settings.name,
    ...queue.depth(),
    deadLettersOf: feeds.map(({ settings }) => settings.name),
    canRedrive: feeds.length > 0 || hasFailures,
  };
}

function messageOf(message: Message): QueueMessage {
  const { id, body, sentAt, receiveCount, sourceArn, attributes } = message;
  const failure = parseFailureRecord(body);
  return {
    id,
    body,
    sentAt: new Date(sentAt).toISOString(),
    receiveCount,
    attributes: Object.keys(attributes),
    ...(sourceArn !== undefined && { from: sourceArn.slice(sourceArn.lastIndexOf(":") + 1) }),
    ...(failure && { failedFunction: failure.functionName }),
  };
}
