import { z } from "zod";
import { parseInput } from "../parse-input";
import { streamArn } from "./group-arn";
import type { LogGroup } from "./logs";
import { groupIdentifier, groupName, requireLength } from "./names";
import type { OperationContext } from "./operation-context";
import { requireOneOf } from "./require-input";

/** A group is named, or by its ARN where another account could have it. */
const groupInput = z.object({
  logGroupName: groupName.optional(),
  logGroupIdentifier: groupIdentifier.optional(),
});

/**
 * The group that a request names, for who may do that to it.
 *
 * @param stream that it is done to. Default: all of the group.
 * @throws AwsError `ValidationException`, `InvalidParameterException`, `AccessDeniedException`,
 * `ResourceNotFoundException`.
 */
export function groupOf(
  input: unknown,
  { account, caller, logs }: OperationContext,
  action: string,
  stream = "",
): LogGroup {
  const { logGroupName, logGroupIdentifier = "" } = parseInput(
    groupInput,
    input,
    "InvalidParameterException",
  );
  requireLength(logGroupName, stream);
  requireOneOf(
    logGroupName,
    logGroupIdentifier,
    "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
    "ValidationException",
  );
  const name = logGroupName ?? logGroupIdentifier.replace(/^arn:.*:log-group:/, "");
  caller.require(action, streamArn(account, name, stream));
  return logs.group(name);
}
