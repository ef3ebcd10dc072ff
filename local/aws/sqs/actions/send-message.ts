import { z } from "zod";
import { parseInput, queueUrl, type Action } from "../action";
import { newMessage, newMessageOf, sentMessage } from "./new-message";

const inputSchema = z.strictObject({ QueueUrl: queueUrl, ...newMessage });

export const sendMessage: Action = (input, { authorizedQueue, sender }) => {
  const { QueueUrl, ...message } = parseInput(inputSchema, input);
  const queue = authorizedQueue(QueueUrl, "sqs:SendMessage");
  return sentMessage(queue.send(newMessageOf(message, sender)), message);
};
