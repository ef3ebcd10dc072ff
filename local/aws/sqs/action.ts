import { z } from "zod";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { withoutNulls } from "../parse-input";
import type { ManagedQueues } from "./managed-queues";
import type { MoveTask } from "./move-tasks";
import type { Queue } from "./queue";
import { invalidValue } from "./sqs-error";

/** What a request tells of who sends messages with it. */
export interface Sender {
  /** The unique id of the caller. */
  id: string;
  /** Of X-Ray, from the request's headers: for messages that have none of their own. */
  traceHeader?: string | undefined;
}

/** What the actions of the API work with. */
export interface ActionContext {
  /** Aborts when the caller is gone. */
  signal: AbortSignal;
  /**
   * Finds a queue and checks that the caller may act on it.
   *
   * @param action such as `sqs:SendMessage`.
   * @throws AwsError `QueueDoesNotExist` or `AccessDeniedException`.
   */
  authorizedQueue: (queueUrl: string, action: string) => Queue;
  /**
   * Checks that the caller may do what is about no queue in particular.
   *
   * @throws AwsError `AccessDeniedException`.
   */
  requireAccount: (action: string) => void;
  /**
   * Checks that the caller may do what is about a queue that may not be there yet.
   *
   * @throws AwsError `AccessDeniedException`.
   */
  requireQueue: (action: string, queueName: string) => void;
  /** What makes and changes queues. */
  managed: Pick<ManagedQueues, "change" | "create" | "delete" | "retag">;
  /** All queues, in the order of their creation. */
  queues: () => readonly Queue[];
  /** What moves messages of dead-letter queues back, as the caller may. */
  moveTasks: {
    of: (sourceArn: string) => readonly MoveTask[];
    start: (sourceArn: string, destinationArn?: string) => MoveTask;
  };
  /** Who sends messages with the request. */
  sender: Sender;
  /** The URL under which this endpoint has a queue of the account. */
  queueUrl: (queueName: string) => string;
}

/** One action: from the parsed body to the answer. */
export type Action = Operation<ActionContext>;

/** The member of nearly all inputs. */
export const queueUrl = z.string();

/** An integer within SQS's bounds, which `reason` tells of in SQS's words. */
export function integer(
  least: number,
  most: number,
  reason = `Must be between ${least} and ${most}, if provided.`,
): z.ZodInt {
  return z.int().min(least, reason).max(most, reason);
}

/**
 * Reads an action's input. Unlike SQS it refuses members that it does not know: they would be
 * dropped here, and might mean something there.
 *
 * @throws AwsError that names the member at fault.
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(withoutNulls(input), { reportInput: true });
  if (result.success) {
    return result.data;
  }
  throw errorOf(result.error.issues[0]);
}

function errorOf(issue: z.core.$ZodIssue | undefined): AwsError {
  const member = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    return notEmulated(`the parameter ${issue.keys.join(", ")}`);
  }
  if (issue?.code === "invalid_type") {
    return issue.input === undefined
      ? new AwsError(
          "MissingRequiredParameterException",
          `The request must contain the parameter ${member}.`,
        )
      : new AwsError("SerializationException", `${member}: ${issue.message}`);
  }
  return invalidValue(member, issue?.input, issue?.message ?? "");
}
