import { z } from "zod";
import { parseInput, refuseParameters } from "../parse-input";
import type { Account } from "../types";
import { messageAttributes, readAttributes } from "./message-attributes";
import type { PublishRequest } from "./publish-request";
import { invalidParameter } from "./sns-error";
import { requireTopicArn } from "./topic-arn";

const publishInput = z.object({
  TopicArn: z.string().optional(),
  /** A topic's, too. */
  TargetArn: z.string().optional(),
  Message: z.string().default(""),
  Subject: z.string().optional(),
  MessageStructure: z.string().optional(),
  MessageAttributes: messageAttributes.default({}),
  /** Goes on to queues alone, of which none subscribes. */
  MessageGroupId: z
    .string()
    .regex(/^[!-~]{1,128}$/)
    .optional(),
  MessageDeduplicationId: z.string().optional(),
});

/**
 * Reads the input of Publish, but for what the message itself has to be.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 *
 * @param place of a message among others, for the report of what it lacks. @default none
 * @throws AwsError `InvalidParameter`, `ParameterValueInvalid`, `ValidationError`, or `NotImplemented` for text messages.
 */
export function publishRequestOf(
  input: unknown,
  account: Account,
  place = "",
): Omit<PublishRequest, "principal"> {
  refuseParameters(input, ["PhoneNumber"], "Publish");
  const given = parseInput(publishInput, input, "InvalidParameter");
  if (given.MessageDeduplicationId !== undefined) {
    // All topics are standard ones.
    throw invalidParameter(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
  return {
    topicArn: topicArnOf(given, account),
    message: given.Message,
    ...(given.Subject !== undefined && { subject: given.Subject }),
    ...(given.MessageStructure !== undefined && { messageStructure: given.MessageStructure }),
    attributes: readAttributes(given.MessageAttributes, place),
  };
}

function topicArnOf({ TopicArn, TargetArn }: z.infer<typeof publishInput>, account: Account) {
  if (TopicArn !== undefined && TargetArn !== undefined) {
    // AWS refuses this, too; its words are not documented.
    throw invalidParameter("TargetArn Reason: only one of TopicArn and TargetArn may be given");
  }
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined) {
    throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  }
  requireTopicArn(arn, TopicArn === undefined ? "TargetArn" : "TopicArn", account, false);
  if (TopicArn === undefined && arn.split(":")[5]?.startsWith("endpoint/")) {
    throw invalidParameter("TargetArn Reason: No endpoint found for the target arn specified");
  }
  return arn;
}
