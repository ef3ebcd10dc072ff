import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { sweepIndex } from "../../handlers/images/images-table";
import type { Stack } from "../../tests/e2e/support/stack";
import { connect, type Connection } from "../redrive/connect";
import { redrive } from "../redrive/redrive";
import { distinct } from "./events/audit-events";
import type { Subscription } from "./events/subscription";

/** Beyond the moment from which any upload is swept. */
const sweptAfterMs = 3 * 24 * 60 * 60 * 1000;

/**
 * How long events may take until they have succeeded or are in the failure queue: Lambda tries again a
 * minute later, and then two.
 */
const eventsTimeoutMs = 220_000;

/** How often, each a second long, nothing has to have come until nothing is thought to come any more. */
const quietRounds = 4;

/** Longer than invalidations are in progress. */
const sweepTimeoutMs = 60_000;

/** What is printed of a batch that was replayed. */
const isOfBatch = /\(\S*publish-events\S*, .*: redriven$/;

/** What was done so that nothing is under way any more. */
export interface Settlement {
  /** Events, and batches of changes, that functions had given up. */
  redriven: number;
  /** Those of them that are batches of changes, of which others had not been told. */
  batches: number;
  /** Images and uploads that the sweep had to remove. */
  swept: number;
  /** How many events had been delivered before anything was redriven. */
  toldBefore: number;
}

/**
 * Brings a stack to rest: waits for its asynchronous functions, redrives what they gave up, and
 * sweeps as if days had passed.
 *
 * @param dataDir of the local run.
 * @throws Error when something of it fails.
 */
export async function settle(
  stack: Stack,
  dataDir: string,
  subscription?: Subscription,
): Promise<Settlement> {
  const connection = connectTo(dataDir);
  await eventsEnded(dataDir);
  await untilQuiet(subscription);
  const toldBefore = distinct(subscription?.events ?? []);
  const first = await redriveAll(connection);
  const swept = await countSweepable(stack);
  await sweepAll(stack, connection.lambda);
  // What waits for an upload that was cut off has nothing left to wait for.
  const second = first.left.length > 0 ? await redriveAll(connection) : undefined;
  if (second && second.left.length > 0) {
    throw new Error(`Events could not be redriven:\n${second.left.join("\n")}`);
  }
  const { redriven, batches } = second ?? { redriven: 0, batches: 0 };
  return {
    redriven: first.redriven + redriven,
    batches: first.batches + batches,
    swept,
    toldBefore,
  };
}

/** The failure queue of a local run, and who can be asked about it. */
export function connectTo(dataDir: string): Connection {
  return connect({ data: dataDir });
}

/** Receives until no more events come, by themselves. */
async function untilQuiet(subscription: Subscription | undefined): Promise<void> {
  for (let quiet = 0; subscription && quiet < quietRounds;) {
    quiet = (await subscription.receive()) === 0 ? quiet + 1 : 0;
  }
}

/** What a redrive came to. */
export interface Redriven {
  redriven: number;
  batches: number;
  /** A line for each that was not replayed. */
  left: string[];
}

export async function redriveAll(connection: Connection): Promise<Redriven> {
  const lines: string[] = [];
  const { redriven } = await redrive({
    ...connection,
    dryRun: false,
    signal: new AbortController().signal,
    print: (line) => lines.push(line),
  });
  const batches = lines.filter((line) => isOfBatch.test(line)).length;
  return { redriven, batches, left: lines.filter((line) => line.includes(": left, as ")) };
}

/** Waits until no event is kept for an asynchronous function. */
async function eventsEnded(dataDir: string): Promise<void> {
  const deadline = performance.now() + eventsTimeoutMs;
  const folder = join(dataDir, "lambda", "events");
  while (readdirSync(folder).some((name) => name.endsWith(".json"))) {
    if (performance.now() > deadline) {
      throw new Error("Events of asynchronous functions do not come to an end.");
    }
    await setTimeout(50);
  }
}

async function countSweepable({ documents, outputs }: Stack): Promise<number> {
  const scan = new ScanCommand({
    TableName: outputs.imagesTable,
    IndexName: sweepIndex,
    Select: "COUNT",
  });
  return (await documents.send(scan)).Count ?? 0;
}

/** Sweeps, and again while the edge had too much to forget. */
async function sweepAll(stack: Stack, lambda: LambdaClient): Promise<void> {
  const deadline = performance.now() + sweepTimeoutMs;
  await sweep(stack, lambda);
  while ((await countSweepable(stack)) > 0) {
    if (performance.now() > deadline) {
      throw new Error("The sweep leaves something over each time.");
    }
    await setTimeout(1000);
    await sweep(stack, lambda);
  }
}

async function sweep({ outputs }: Stack, lambda: LambdaClient): Promise<void> {
  const event = {
    source: "aws.events",
    "detail-type": "Scheduled Event",
    time: new Date(Date.now() + sweptAfterMs).toISOString(),
  };
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: outputs.sweepFunction, Payload: JSON.stringify(event) }),
  );
  if (FunctionError !== undefined) {
    throw new Error(`The sweep failed: ${Buffer.from(Payload ?? []).toString()}`);
  }
}
