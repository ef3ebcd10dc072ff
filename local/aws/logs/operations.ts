import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput as parse, refuseParameters } from "../parse-input";
import { describeLogGroups } from "./describe-log-groups";
import { describeLogStreams } from "./describe-log-streams";
import { groupArn } from "./group-arn";
import { groupOf } from "./group-of";
import { filterPattern } from "./filter-pattern";
import { eventsPage } from "./events-page";
import type { LoggedEvent } from "./log-file";
import type { IndexedEvent } from "./log-index";
import { listLogGroups } from "./list-log-groups";
import { streamName } from "./names";
import type { OperationContext } from "./operation-context";
import { invalidParameter, invalidToken, requireOneOf, requireOrder } from "./require-input";

const token = z.string().min(1).optional();
const eventLimit = z.int().min(1).max(10_000).default(10_000);
const span = { startTime: z.number().min(0).optional(), endTime: z.number().min(0).optional() };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueryDefinitions.html */
const definitionsInput = z.object({
  queryDefinitionNamePrefix: z.string().min(1).max(255).default(""),
  maxResults: z.int().min(1).max(1000).default(1000),
  nextToken: token,
});
const eventsInput = z.object({
  ...span,
  logStreamName: streamName,
  limit: eventLimit,
  startFromHead: z.boolean().default(false),
  nextToken: token,
});
const filterInput = z.object({
  ...span,
  logStreamNames: z.array(streamName).min(1).max(100).optional(),
  logStreamNamePrefix: streamName.default(""),
  filterPattern: z.string().max(1024).default(""),
  startFromHead: z.boolean().default(true),
  limit: eventLimit,
  nextToken: token,
});
/** From the last event on, older ones are not found. */
const firstFromTail = Date.UTC(2024, 0, 1);
/** What is before the token of a page that was read from the last event on. */
const fromTail = "tail/";

/** What shows groups and their events; groups are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  DescribeLogGroups: describeLogGroups,
  DescribeQueryDefinitions: (input, { account, caller, logs }) => {
    const { queryDefinitionNamePrefix, maxResults, nextToken } = read(definitionsInput, input);
    refuseParameters(input, ["queryLanguage"], "DescribeQueryDefinitions of CloudWatch Logs");
    caller.require(
      "logs:DescribeQueryDefinitions",
      regionalArn(account, "logs", "query-definition:*"),
    );
    const found = logs.queryDefinitions
      .all()
      .filter(({ name }) => name.startsWith(queryDefinitionNamePrefix));
    const page = pageOf(found, nextToken, maxResults, invalidToken);
    return {
      queryDefinitions: page.items.map(({ id, logGroupNames, ...definition }) => ({
        ...definition,
        queryDefinitionId: id,
        logGroupNames: [...logGroupNames],
      })),
      nextToken: page.nextToken,
    };
  },
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: (input, context) => {
    const group = groupOf(input, context, "logs:FilterLogEvents");
    const asked = read(filterInput, input);
    const { logStreamNames, logStreamNamePrefix, limit, nextToken } = asked;
    requireOneOf(
      logStreamNames,
      logStreamNamePrefix,
      "Only one may be given: names and prefix of log streams.",
    );
    requireOrder(asked.startTime, asked.endTime);
    // The direction of a list is that of its first page.
    const isFromTail = nextToken?.startsWith(fromTail) ?? !asked.startFromHead;
    if (isFromTail && (asked.startTime ?? firstFromTail) < firstFromTail) {
      throw invalidParameter("startFromHead may be false from 2024-01-01T00:00:00Z on alone.");
    }
    const matches = filterPattern(asked.filterPattern);
    const found = group.file
      .events()
      .filter(isWithin(asked))
      .filter(({ stream }) => logStreamNames?.includes(stream) ?? true)
      .filter(({ stream }) => stream.startsWith(logStreamNamePrefix))
      .map((event) => group.file.read(event))
      .filter(({ message }) => matches(message))
      .sort((a, b) => a.at - b.at);
    const page = isFromTail
      ? pageOf(found.toReversed(), nextToken?.slice(fromTail.length), limit, invalidToken)
      : pageOf(found, nextToken, limit, invalidToken);
    return {
      events: page.items.map((event) => ({
        logStreamName: event.stream,
        ...shown(event),
        eventId: String(event.at) + String(event.position).padStart(43, "0"),
      })),
      searchedLogStreams: [],
      nextToken: page.nextToken && (isFromTail ? fromTail : "") + page.nextToken,
    };
  },
  GetLogEvents: (input, context) => {
    const asked = read(eventsInput, input);
    const { logStreamName, startFromHead, limit, nextToken } = asked;
    const group = groupOf(input, context, "logs:GetLogEvents", logStreamName);
    const ofStream = group.file.events().filter(({ stream }) => stream === logStreamName);
    if (ofStream.length === 0) {
      context.logs.requireStream(group.name, logStreamName);
    }
    const events = ofStream.filter(isWithin(asked));
    const page = eventsPage(events, { startFromHead, limit, token: nextToken }, invalidToken);
    return {
      events: page.items.map((event) => shown(group.file.read(event))),
      nextForwardToken: page.forward,
      nextBackwardToken: page.backward,
    };
  },
  ListLogGroups: listLogGroups,
  ListTagsForResource: (input, { account, caller, logs }) => {
    const { resourceArn } = read(z.object({ resourceArn: z.string() }), input);
    caller.require("logs:ListTagsForResource", resourceArn);
    const found = logs.groups().find(({ name }) => groupArn(account, name) === resourceArn);
    if (!found) {
      throw new AwsError("ResourceNotFoundException", "The specified resource does not exist.");
    }
    return { tags: new Map(Object.entries(found.tags ?? {})) };
  },
  ListTagsLogGroup: (input, context) => {
    const { tags = {} } = groupOf(input, context, "logs:ListTagsLogGroup");
    return { tags: new Map(Object.entries(tags)) };
  },
};

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parse(schema, input, "InvalidParameterException");
}

function isWithin({
  startTime = 0,
  endTime = Number.POSITIVE_INFINITY,
}: {
  startTime?: number | undefined;
  endTime?: number | undefined;
}): (event: IndexedEvent) => boolean {
  return ({ at }) => at >= startTime && at < endTime;
}

function shown({ at, message }: LoggedEvent) {
  return { timestamp: at, message, ingestionTime: at };
}
