import { z } from "zod";
import { invalidParameter } from "./require-input";

const group = new RegExp(String.raw`^[\.\-_/#A-Za-z0-9]+$`);
const stream = /^[^:*]*$/;
const identifier = new RegExp(String.raw`^[\w#+=/:,.@-]*$`);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const maxNameLength = 512;

/** Names of groups, or what they begin with. Their length is told of by {@link requireLength}. */
export const groupName = z.string().min(1).regex(group);
/** Names of streams, or what they begin with; as {@link groupName}. */
export const streamName = z.string().min(1).regex(stream);
/** The name or the ARN of a group. */
export const groupIdentifier = z.string().min(1).max(2048).regex(identifier);

/** @throws AwsError `InvalidParameterException` for a name that is too long, in words that no other member has. */
export function requireLength(...names: readonly (string | undefined)[]): void {
  if (names.some((name) => name !== undefined && name.length > maxNameLength)) {
    throw invalidParameter(
      `Invalid LogGroup or LogStream, both must have length less than or equal to ${maxNameLength}.`,
    );
  }
}
