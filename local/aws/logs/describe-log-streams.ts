import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { parseInput } from "../parse-input";
import { streamArn } from "./group-arn";
import { groupOf } from "./group-of";
import { type LogGroup, streamsOf } from "./logs";
import { streamName } from "./names";
import type { OperationContext } from "./operation-context";
import { invalidParameter, invalidToken } from "./require-input";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
const streamsInput = z.object({
  logStreamNamePrefix: streamName.default(""),
  orderBy: z.enum(["LogStreamName", "LastEventTime"]).default("LogStreamName"),
  descending: z.boolean().default(false),
  limit: z.int().min(1).max(50).default(50),
  nextToken: z.string().min(1).optional(),
});

/** A stream; times are in milliseconds since 1970. */
interface Stream {
  name: string;
  createdAt: number;
  /** Of its first and its last event, if it has any. */
  first?: number;
  last?: number;
}

/** The streams of a log group. */
export const describeLogStreams: Operation<OperationContext> = (input, context) => {
  const group = groupOf(input, context, "logs:DescribeLogStreams");
  const asked = parseInput(streamsInput, input, "InvalidParameterException");
  if (asked.orderBy === "LastEventTime" && asked.logStreamNamePrefix !== "") {
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const streams = knownStreams(group)
    .filter(({ name }) => name.startsWith(asked.logStreamNamePrefix))
    .sort((a, b) =>
      asked.orderBy === "LastEventTime" ? (a.last ?? 0) - (b.last ?? 0) : a.name < b.name ? -1 : 1,
    );
  const ordered = asked.descending ? streams.reverse() : streams;
  const page = pageOf(ordered, asked.nextToken, asked.limit, invalidToken);
  return {
    logStreams: page.items.map(({ name, createdAt, first, last }) => ({
      logStreamName: name,
      creationTime: createdAt,
      firstEventTimestamp: first,
      lastEventTimestamp: last,
      lastIngestionTime: last,
      arn: streamArn(context.account, group.name, name),
      storedBytes: 0,
    })),
    nextToken: page.nextToken,
  };
};

function knownStreams(group: LogGroup): Stream[] {
  const streams = new Map<string, Stream>(
    [...streamsOf(group)].map(([name, at]) => [name, { name, createdAt: at.getTime() }]),
  );
  for (const { stream: name, at } of group.file.events()) {
    const { createdAt = at, first = at, last = at } = streams.get(name) ?? {};
    streams.set(name, {
      name,
      createdAt: Math.min(createdAt, at),
      first: Math.min(first, at),
      last: Math.max(last, at),
    });
  }
  return [...streams.values()];
}
