import { setTimeout } from "node:timers/promises";
import { connect } from "../../tests/e2e/support/stack";
import { type LocalRun, maxEnvironments, startLocalRun } from "../../tests/support/local-run";
import { Client } from "./client";
import { conclude } from "./conclude";
import { Subscription } from "./events/subscription";
import { descendantsOf, ended } from "../descendants";
import { Ledger } from "./ledger";
import { type PlannedOperation, planOperations } from "./plan";
import { Random } from "./random";
import { replay } from "./replay";
import type { Proof } from "./report";
import { usedQuota } from "./used-quota";
import { work } from "./workload";

/** Policies have proofs of their own. */
function runArguments(config: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(config).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  return ["--no-policy", `--processes=${maxEnvironments}`, "--config-path", ...values];
}

/** Longest time from the operation that leads to a kill to the kill, in milliseconds. */
const maxDelayMs = 300;

interface Round {
  operations: readonly PlannedOperation[];
  ledger: Ledger;
  random: Random;
  patienceMs: number;
  progress: (line: string) => void;
}

/**
 * Kills a local run under load, and starts it again on the same data, several times. Then everything
 * that was acknowledged must be there, and nothing else, and of what became of images and results there must have
 * been events.
 */
export const kill: Proof = async ({ config, operations, kills, patience, seed }, progress) => {
  const startedAt = performance.now();
  const random = new Random(seed);
  const planned = await planOperations(operations, seed);
  const ledger = new Ledger();
  const patienceMs = patience * 1000;
  progress("starting");
  let run = await startLocalRun(runArguments(config));
  try {
    const subscription = await Subscription.open(run.dataDir);
    let used = 0;
    for (let left = kills; left > 0; left--) {
      const share = planned.splice(0, Math.ceil(planned.length / left));
      await killUnderLoad(run, { operations: share, ledger, random, patienceMs, progress });
      used = requireCounted(run.dataDir, used, ledger);
      progress("starting again");
      run = await startLocalRun(runArguments(config), run.dataDir);
    }
    const stack = connect(run.dataDir);
    progress("repeating what was acknowledged");
    const replays = await replay({ stack, ledger, client: new Client({ patienceMs }) });
    const { dataDir } = run;
    const conclusion = await conclude({ stack, dataDir, ledger, subscription, progress });
    await subscription?.close();
    await run.stop();
    used = requireCounted(run.dataDir, used + replays, ledger);
    return {
      name: "kill",
      figures: {
        kills,
        "operations planned": operations,
        acknowledged: ledger.acknowledged,
        "answers replayed": replays,
        "requests in the quota": used,
        ...conclusion.figures,
        seconds: Math.round((performance.now() - startedAt) / 1000),
      },
      failures: [...conclusion.failures, ...ledger.complaints],
    };
  } finally {
    await run.remove();
  }
};

/** Loads a run until it is killed in the midst of it. */
async function killUnderLoad(run: LocalRun, round: Round): Promise<void> {
  const { operations, ledger, random, patienceMs, progress } = round;
  const client = new AbortController();
  const killAfter = Math.ceil(operations.length * (0.2 + 0.6 * random.next()));
  const delayMs = random.next() * maxDelayMs;
  let killed: Promise<void> | undefined;
  const load = {
    stack: connect(run.dataDir),
    client: new Client({ patienceMs, signal: client.signal }),
    ledger,
  };
  await work(operations, load, (done) => {
    progress(`${done} of ${operations.length} operations, kill after ${killAfter}`);
    if (done >= killAfter) {
      killed ??= setTimeout(delayMs).then(() => killAll(run, client));
    }
    return !client.signal.aborted;
  });
  await killed;
}

/** Ends a run at once; the processes of its functions must end by themselves, and soon. */
async function killAll(run: LocalRun, clients: AbortController): Promise<void> {
  const functions = descendantsOf(run.pid);
  await run.stop("SIGKILL");
  clients.abort();
  await ended(functions);
}

/**
 * Complains when the quota has forgotten requests.
 *
 * @returns how many it has counted.
 */
function requireCounted(dataDir: string, atLeast: number, ledger: Ledger): number {
  const used = usedQuota(dataDir);
  if (used < atLeast) {
    ledger.complaints.push(`The quota counts ${used} requests where ${atLeast} were made.`);
  }
  return used;
}
