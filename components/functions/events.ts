import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ChangeFilter, imageFilters, resultFilters } from "../../handlers/events/stack-events";
import { bundleHandlers } from "../bundle";
import { publishEventsStatements } from "../policies/event-statements";
import { recordedArgs } from "../recorded-args";
import type { Storage } from "../storage/storage";
import { eventOperation } from "./function-names";
import { type FunctionSettings, settingsOf } from "./function-settings";
import { HandlerFunction } from "./handler-function";
import type { InvocationTarget } from "./invocation-target";

/** Arguments of `Events`. */
export interface EventsArgs extends FunctionSettings {
  /** Whose tables of images and results have streams. */
  storage: Storage;
  /** The queue that is told of what could not be published. */
  failures: aws.sqs.Queue;
}

/**
 * Seconds for which Lambda tries to publish a change. Then the queue gets it, whose alarm mails: nothing else
 * tells that events are late, and of the day for which a stream keeps a change, enough is left to publish
 * it by hand.
 */
const maxAgeSeconds = 60 * 60;

/** A batch of a hundred changes, with every call at its slowest. */
const timeoutSeconds = 120;

/**
 * It waits for the bus most of the time: a hundred changes of the largest rows take 6 ms of a whole core, and such
 * batches, one after another, fill 145 MB.
 */
const memoryMegabytes = 256;

/**
 * Tells others what happens: a bus of the stack's own, and the function that puts events on it as rows of
 * images and results change. Each change is published at least once. What could not be in an hour is named
 * in a queue.
 *
 * Who gets the events is for rules on the bus to say, of which this makes none.
 */
export class Events extends pulumi.ComponentResource {
  readonly bus: aws.cloudwatch.EventBus;
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;

  constructor(name: string, args: EventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:events:Events", name, recordedArgs(args), opts);
    this.bus = new aws.cloudwatch.EventBus(
      `${name}-events`,
      { description: "What becomes of images and results" },
      { parent: this },
    );
    const handler = createHandler(name, args, this.bus, this);
    this.function = handler.function;
    this.target = handler.target;
    const { imagesTable, resultsTable } = args.storage;
    this.#follow(`${name}-image-changes`, imagesTable, imageFilters, args);
    this.#follow(`${name}-result-changes`, resultsTable, resultFilters, args);
    this.registerOutputs({ bus: this.bus, function: this.function });
  }

  #follow(
    name: string,
    table: aws.dynamodb.Table,
    filters: readonly ChangeFilter[],
    { failures }: EventsArgs,
  ): void {
    // Lambda checks here that the role may read the stream and send to the queue; it may, as the
    // function, whose ARN this takes, is made after its role has got the policy.
    new aws.lambda.EventSourceMapping(
      name,
      {
        functionName: this.target.arn,
        eventSourceArn: table.streamArn,
        // What was written before this was there is told as well.
        startingPosition: "TRIM_HORIZON",
        filterCriteria: { filters: filters.map((filter) => ({ pattern: JSON.stringify(filter) })) },
        functionResponseTypes: ["ReportBatchItemFailures"],
        bisectBatchOnFunctionError: true,
        maximumRecordAgeInSeconds: maxAgeSeconds,
        destinationConfig: { onFailure: { destinationArn: failures.arn } },
      },
      { parent: this },
    );
  }
}

function createHandler(
  name: string,
  args: EventsArgs,
  bus: aws.cloudwatch.EventBus,
  parent: pulumi.Resource,
): HandlerFunction {
  bundleHandlers();
  const { storage, failures } = args;
  const { imagesTable, resultsTable } = storage;
  return new HandlerFunction(
    `${name}-${eventOperation}`,
    {
      operation: eventOperation,
      environment: {
        EVENT_BUS: bus.name,
        IMAGES_TABLE: imagesTable.name,
        RESULTS_TABLE: resultsTable.name,
      },
      statements: pulumi
        .all([imagesTable.streamArn, resultsTable.streamArn, bus.arn, failures.arn])
        .apply(([images, results, busArn, failuresArn]) =>
          publishEventsStatements([images, results], { bus: busArn, failures: failuresArn }),
        ),
      timeoutSeconds,
      memoryMegabytes,
      ...settingsOf(args, eventOperation),
    },
    { parent },
  );
}
