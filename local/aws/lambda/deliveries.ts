import { join } from "node:path";

import { AwsError } from "../aws-error";
import type { RequestRecord } from "../recorder";
import { sendRecord } from "./destinations";
import { EventQueue, lambdaBackoff } from "./event-queue";
import { EventSources } from "./event-sources/event-sources";
import type { DeployedFunction } from "./execution-environment";
import type { FunctionResponse } from "./function-response";
import type { FunctionRunner, InvocationRequest } from "./function-runner";
import type { LambdaOptions } from "./lambda-options";
import { referenceOf, type QueuedEvent } from "./queued-event";
import type { FunctionTarget } from "./versions/function-target";

/** What deliveries need of Lambda. */
export interface DeliveriesOptions {
  /** @throws AwsError `ResourceNotFoundException`. */
  find: (reference: string) => FunctionTarget;
  /** The version that an invocation gets, once what it waits for is there. */
  current: (target: FunctionTarget) => Promise<DeployedFunction>;
  runner: () => Pick<FunctionRunner, "run">;
}

/** What runs functions that nobody waits for: for events, and for records of streams. */
export interface Deliveries {
  queue: EventQueue;
  sources: EventSources;
}

/** What of an event is needed to run its function once. */
type AttemptedEvent = Pick<QueuedEvent, "functionName" | "payload" | "qualifier" | "requestId">;

/** Makes them, with what earlier runs have left. */
export function makeDeliveries(options: LambdaOptions, lambda: DeliveriesOptions): Deliveries {
  const attempt = async (
    event: AttemptedEvent,
    record: RequestRecord | undefined,
  ): Promise<FunctionResponse | "throttled"> => {
    const target = lambda.find(referenceOf(event));
    try {
      const current = await lambda.current(target);
      const request: InvocationRequest = { ...event, target, record, kind: "event" };
      const { response } = await lambda.runner().run(current, request);
      return response;
    } catch (error) {
      if (error instanceof AwsError) {
        return "throttled";
      }
      throw error;
    }
  };
  const queue = new EventQueue({
    ...options,
    folder: join(options.dataDir, "events"),
    backoff: options.backoff ?? lambdaBackoff,
    // It is the function's, whatever the version.
    isBlocked: ({ functionName }) =>
      lambda.find(functionName).version.settings.reservedConcurrency === 0,
    settingsOf: (event) => lambda.find(referenceOf(event)).settings.eventInvoke,
    attempt,
    conclude: (ended) => {
      sendRecord(ended, lambda.find(referenceOf(ended.event)), options);
    },
  });
  return { queue, sources: new EventSources({ ...options, find: lambda.find, attempt }) };
}
