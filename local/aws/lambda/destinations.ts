import { serviceOf } from "../arn";
import { AwsError } from "../aws-error";
import type { Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import type { MetricSink } from "../types";
import { latest, qualified } from "./function-name";
import { invocationRecord, type EndedEvent } from "./invocation-record";
import type { FunctionTarget } from "./versions/function-target";
import type { FunctionVersion } from "./versions/function-version";

/** What Lambda needs of SQS. */
export interface DestinationQueues {
  /** @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`, … */
  send(message: { queueArn: string; body: string; principal: Principal }): void;
  /** @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`. */
  checkSend(message: { queueArn: string; principal: Principal; occasion: string }): void;
}

export interface DestinationOptions {
  queues: DestinationQueues;
  metrics: MetricSink;
  notify: (line: string) => void;
  clock: () => Date;
}

/**
 * Passes when the function's role may send to the queue, as PutFunctionEventInvokeConfig checks.
 *
 * @throws AwsError `InvalidParameterValueException`; `NotImplemented` for destinations that are no
 * queues.
 */
export function requireUsableDestination(
  destinationArn: string,
  { settings, principal }: FunctionVersion,
  queues: DestinationQueues,
): void {
  const service = serviceOf(destinationArn);
  if (["events", "lambda", "s3", "sns"].includes(service)) {
    throw notEmulated(`destinations of ${service}: ${destinationArn}`);
  }
  try {
    const occasion = `it is a destination of function ${settings.name}`;
    queues.checkSend({ queueArn: destinationArn, principal, occasion });
  } catch (error) {
    throw error instanceof AwsError ? refusal(destinationArn, error) : error;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
function refusal(destinationArn: string, { code }: AwsError): AwsError {
  return new AwsError(
    "InvalidParameterValueException",
    code === "AccessDeniedException"
      ? `The function's execution role does not have permissions to call SendMessage on ${destinationArn}`
      : `The destination ARN ${destinationArn} is invalid.`,
  );
}

/**
 * Sends the record of an event to the destination for its condition. Where it is dropped, that is
 * printed.
 */
export function sendRecord(
  ended: EndedEvent,
  { name, qualifier = latest, version, settings }: FunctionTarget,
  options: DestinationOptions,
): void {
  const { event, condition } = ended;
  const { onSuccess, onFailure } = settings.eventInvoke;
  const { notify } = options;
  const request = `Request ${event.requestId} of function ${name}`;
  const destination = condition === "Success" ? onSuccess : onFailure;
  if (destination === undefined) {
    if (condition !== "Success") {
      notify(`${request} is dropped: ${condition}, and there is no destination for failures`);
    }
    return;
  }
  const body = invocationRecord(ended, qualified(version.arn, qualifier), options.clock());
  const refusal = sendToDestination(destination, body, version, options);
  if (refusal !== undefined) {
    notify(`${request} is dropped: ${destination} refused its record: ${refusal}`);
  }
}

/**
 * Sends a record to a destination in the name of a function's role. Lambda drops a record that a
 * destination refuses, and counts it.
 *
 * @returns why it was refused, if it was.
 */
export function sendToDestination(
  queueArn: string,
  body: string,
  { principal, settings }: FunctionVersion,
  { queues, metrics }: Pick<DestinationOptions, "metrics" | "queues">,
): string | undefined {
  try {
    queues.send({ queueArn, body, principal });
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    metrics.put({
      namespace: "AWS/Lambda",
      name: "DestinationDeliveryFailures",
      dimensions: { FunctionName: settings.name },
      value: 1,
      unit: "Count",
    });
    return error.message;
  }
}
