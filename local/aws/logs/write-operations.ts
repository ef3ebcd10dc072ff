import { z } from "zod";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { parseInput, refuseParameters } from "../parse-input";
import { eventBatch, requireBatch, sortOut } from "./event-batch";
import { streamArn } from "./group-arn";
import { groupName, requireLength, streamName } from "./names";
import type { OperationContext } from "./operation-context";

const groupInput = z.object({ logGroupName: groupName });
const streamInput = groupInput.extend({ logStreamName: streamName });
const eventsInput = streamInput.extend({ logEvents: eventBatch });

/** Nobody has to pass one any more; it is told to those who still look. */
const sequenceToken = "49039859588823580000000000000000000000000000000000000000";

/** What writes events of programs that log by the API: into groups that the program of the stack makes. */
export const writeOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  CreateLogGroup: (input, { account, caller, logs }) => {
    const { logGroupName } = read(groupInput, input);
    caller.require("logs:CreateLogGroup", streamArn(account, logGroupName, ""));
    if (logs.groups().some(({ name }) => name === logGroupName)) {
      throw new AwsError(
        "ResourceAlreadyExistsException",
        "The specified log group already exists",
      );
    }
    throw notEmulated("CreateLogGroup of CloudWatch Logs");
  },
  CreateLogStream: (input, { account, caller, logs }) => {
    const { logGroupName, logStreamName } = read(streamInput, input);
    caller.require("logs:CreateLogStream", streamArn(account, logGroupName, logStreamName));
    logs.keepLogStream(logGroupName, logStreamName);
    return {};
  },
  PutLogEvents: (input, { account, caller, logs }) => {
    const { logGroupName, logStreamName, logEvents } = read(eventsInput, input);
    refuseParameters(input, ["entity"], "PutLogEvents of CloudWatch Logs");
    caller.require("logs:PutLogEvents", streamArn(account, logGroupName, logStreamName));
    requireBatch(logEvents);
    const group = logs.requireStream(logGroupName, logStreamName);
    const { taken, rejected } = sortOut(logEvents, logs.now(), group.retentionInDays);
    if (taken.length > 0) {
      const times = taken.map(({ timestamp }) => new Date(timestamp));
      const messages = taken.map(({ message }) => message);
      logs.putEvents(group, logStreamName, messages, times);
    }
    return { nextSequenceToken: sequenceToken, rejectedLogEventsInfo: rejected };
  },
};

function read<T extends { logGroupName: string; logStreamName?: string }>(
  schema: z.ZodType<T>,
  input: unknown,
): T {
  const asked = parseInput(schema, input, "InvalidParameterException");
  requireLength(asked.logGroupName, asked.logStreamName);
  return asked;
}
