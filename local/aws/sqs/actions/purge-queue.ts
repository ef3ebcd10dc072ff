import { z } from "zod";
import { parseInput, queueUrl, type Action } from "../action";

const inputSchema = z.strictObject({ QueueUrl: queueUrl });

export const purgeQueue: Action = (input, { authorizedQueue }) => {
  authorizedQueue(parseInput(inputSchema, input).QueueUrl, "sqs:PurgeQueue").purge();
  return {};
};
