import type { AwsError } from "../aws-error";
import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import { invalidValue } from "./sqs-error";

/** Where messages go that were received too often. */
export interface DeadLetters {
  targetArn: string;
  /** A message is received so often at most, 1–1,000. */
  maxReceiveCount: number;
}

const maxReceives = 1000;

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue.html
 *
 * @throws AwsError `InvalidParameterValueException`.
 */
export function parseRedrivePolicy(text: string): DeadLetters {
  const policy = parseJson(text);
  if (!isObject(policy)) {
    throw invalid(text, "Redrive policy is not a valid JSON map.");
  }
  const { maxReceiveCount, deadLetterTargetArn, ...others } = policy;
  for (const [name, value] of Object.entries({ maxReceiveCount, deadLetterTargetArn })) {
    if (value === undefined) {
      throw invalid(text, `Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw invalid(text, `Redrive policy contains unknown attribute: ${unknown}.`);
  }
  if (typeof deadLetterTargetArn !== "string") {
    throw invalid(text, "Invalid value for deadLetterTargetArn.");
  }
  return { targetArn: deadLetterTargetArn, maxReceiveCount: countIn(maxReceiveCount, text) };
}

/** The text of a policy, as a queue shows it. */
export function redrivePolicyOf({ targetArn, maxReceiveCount }: DeadLetters): string {
  return JSON.stringify({ deadLetterTargetArn: targetArn, maxReceiveCount });
}

/** What SQS says of a policy whose queue is not there. */
export function noDeadLetterQueue(deadLetters: DeadLetters): AwsError {
  return invalid(redrivePolicyOf(deadLetters), "Dead letter target does not exist.");
}

/** A number may be written as a text, too. */
function countIn(given: unknown, text: string): number {
  const count = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > maxReceives) {
    const value = typeof given === "string" ? given : JSON.stringify(given);
    throw invalid(
      text,
      `Invalid value for maxReceiveCount: ${value}, valid values are from 1 to ${maxReceives} both inclusive.`,
    );
  }
  return count;
}

function invalid(text: string, reason: string): AwsError {
  return invalidValue("RedrivePolicy", text, reason);
}
