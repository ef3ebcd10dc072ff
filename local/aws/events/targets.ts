import { messageOf } from "../../message-of";
import { serviceOf } from "../arn";
import type { Notify } from "../notice";
import type { Principal } from "../iam/types";
import type { FunctionInvoker } from "../types";
import type { Rule, TargetDefinition } from "./rule";

/** What EventBridge needs of SQS. */
export interface TargetQueues {
  /** @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`, … */
  send(message: { queueArn: string; body: string; principal: Principal; sourceArn: string }): void;
}

/** What targets are reached by. */
export interface TargetOptions {
  invoker: FunctionInvoker;
  queues: TargetQueues;
  notify: Notify;
}

const principal = { kind: "service", service: "events.amazonaws.com" } as const;

/**
 * Sends an event to a target: it is kept there when this resolves. What a target does not take goes to
 * the dead-letter queue of its own, or is lost, and told: EventBridge tries again only what may pass.
 *
 * @param event JSON.
 */
export async function sendTo(
  rule: Rule,
  target: TargetDefinition,
  event: string,
  options: TargetOptions,
): Promise<void> {
  try {
    await deliver(rule, target.arn, target.input ?? event, options);
  } catch (error) {
    const why = messageOf(error);
    options.notify(`rule ${rule.definition.name} could not invoke ${target.arn}: ${why}`);
    if (target.deadLetterArn !== undefined) {
      keep(rule, target.deadLetterArn, event, options);
    }
  }
}

async function deliver(
  { arn: sourceArn }: Rule,
  arn: string,
  payload: string,
  { invoker, queues }: TargetOptions,
): Promise<void> {
  if (serviceOf(arn) === "sqs") {
    queues.send({ queueArn: arn, body: payload, principal, sourceArn });
    return;
  }
  await invoker.invoke({
    functionName: arn,
    payload,
    invocationType: "Event",
    principal,
    sourceArn,
  });
}

function keep(rule: Rule, queueArn: string, body: string, { queues, notify }: TargetOptions): void {
  try {
    queues.send({ queueArn, body, principal, sourceArn: rule.arn });
  } catch (error) {
    const why = messageOf(error);
    notify(`an event of rule ${rule.definition.name} is lost: ${queueArn} did not take it: ${why}`);
  }
}
