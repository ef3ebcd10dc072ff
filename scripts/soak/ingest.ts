import { setTimeout } from "node:timers/promises";
import { Faults, type FaultRule } from "../../local/faults/faults";
import { parseFaultRules } from "../../local/faults/parse-fault-rules";
import { type InProcessRun, startInProcess } from "../../tests/support/in-process-run";
import { Client } from "./client";
import { conclude } from "./conclude";
import { Subscription } from "./events/subscription";
import { Ledger } from "./ledger";
import { planOperations } from "./plan";
import type { Proof } from "./report";
import { work } from "./workload";

/**
 * A tenth of all calls of the services that functions and clients use, and some invocations; another
 * tenth of the transactions is in conflict with others. Copies fail so often that some events are given
 * up and must be redriven, and invalidations so often that some are left to the sweep. So it is with what is put
 * on the bus. SQS is called by the redrive and the consumer of events alone, when all is calm.
 */
const rules: FaultRule[] = parseFaultRules(
  [
    "s3:CopyObject=error:0.6",
    ...["s3", "dynamodb", "kms", "ssm"].map(
      (service) => `${service}=error:0.04,${service}=throttle:0.03,${service}=drop:0.03`,
    ),
    "dynamodb:TransactWriteItems=conflict:0.1",
    ...["PutItem", "UpdateItem"].map((operation) => `dynamodb:${operation}=conflict:0.02`),
    "events:PutEvents=error:0.1,events:PutEvents=throttle:0.1,events:PutEvents=drop:0.1",
    "events:PutEventsEntry=error:0.5",
    "cloudfront=error:0.2,cloudfront=throttle:0.2,cloudfront=drop:0.1",
    "lambda=crash:0.02,lambda=throttle:0.01",
  ].join(","),
);

/** So many that hardly a process is ended to make room for one of another function. */
const maxEnvironments = 24;

/** Waits before an event is tried again; Lambda's own would take minutes. */
const eventBackoffMs = 200;

/** How often a batch of changes is tried again. */
const eventRetriesOfStreams = 1;

/**
 * Uploads, processes, changes records, deletes, lists, shows renditions and moves focal points while calls fail and
 * functions crash. Then everything that was acknowledged must be there, and nothing else; and of all that became of
 * images and results, there must have been an event.
 */
export const ingest: Proof = async ({ config, operations, patience, seed }, progress) => {
  const startedAt = performance.now();
  const faults = new Faults({ seed });
  let eventRetries = 0;
  progress("starting");
  const backoff = async (retry: number, _cause: unknown, signal: AbortSignal) => {
    eventRetries += 1;
    await setTimeout(retry * eventBackoffMs, undefined, { signal, ref: false });
  };
  const run = await startInProcess({ faults, lambda: { maxEnvironments, backoff } }, config);
  try {
    const { stack, dataDir } = run;
    const ledger = new Ledger();
    const client = new Client({ patienceMs: patience * 1000 });
    limitRetries(run);
    const subscription = await Subscription.open(dataDir);
    faults.set(rules);
    await work(await planOperations(operations, seed), { stack, client, ledger }, (done) => {
      progress(`${done} of ${operations} operations, ${client.retries} client retries`);
      return true;
    });
    faults.clear();
    const conclusion = await conclude({ stack, dataDir, ledger, subscription, progress });
    await subscription?.close();
    return {
      name: "ingest",
      figures: {
        operations,
        acknowledged: ledger.acknowledged,
        "client retries": client.retries,
        ...countByKind(faults),
        "async retries": eventRetries,
        ...conclusion.figures,
        seconds: Math.round((performance.now() - startedAt) / 1000),
      },
      failures: [...conclusion.failures, ...ledger.complaints],
    };
  } finally {
    await run.remove();
  }
};

/** Has changes given up that are not published soon: for an hour, as the program says, nobody here waits. */
function limitRetries({ cloud }: InProcessRun): void {
  const { eventSources } = cloud.services.lambda;
  for (const { settings } of eventSources.all()) {
    eventSources.put({ ...settings, maximumRetryAttempts: eventRetriesOfStreams });
  }
}

function countByKind(faults: Faults): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const counts of Object.values(faults.counts())) {
    for (const [kind, count] of Object.entries(counts)) {
      const label = `injected faults: ${kind}`;
      figures[label] = (figures[label] ?? 0) + count;
    }
  }
  return figures;
}
