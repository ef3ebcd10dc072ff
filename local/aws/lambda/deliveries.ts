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
import type { QueuedEvent } from "./queued-event";
import type { RegisteredFunction } from "./registered-function";

/** What deliveries need of Lambda. */
export interface DeliveriesOptions {
  /** @throws AwsError `ResourceNotFoundException`. */
  find: (functionName: string) => RegisteredFunction;
  /** A function as it is once what it waits for is there. */
  current: (deployed: DeployedFunction) => Promise<DeployedFunction>;
  runner: () => Pick<FunctionRunner, "run">;
}

/** What runs functions that nobody waits for: for events, and for records of streams. */
export interface Deliveries {
  queue: EventQueue;
  sources: EventSources;
}

/** Makes them, with what earlier runs have left. */
export function makeDeliveries(options: LambdaOptions, lambda: DeliveriesOptions): Deliveries {
  const attempt = async (
    event: Pick<QueuedEvent, "functionName" | "payload" | "requestId">,
    record: RequestRecord | undefined,
  ): Promise<FunctionResponse | "throttled"> => {
    const { deployed } = lambda.find(event.functionName);
    try {
      const current = await lambda.current(deployed);
      const request: InvocationRequest = { ...event, record, kind: "event" };
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
    settingsOf: (event) => lambda.find(event.functionName).eventInvoke,
    attempt,
    conclude: (ended) => {
      const { deployed, eventInvoke } = lambda.find(ended.event.functionName);
      sendRecord(ended, deployed, eventInvoke, options);
    },
  });
  return { queue, sources: new EventSources({ ...options, find: lambda.find, attempt }) };
}
