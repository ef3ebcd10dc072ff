import fc from "fast-check";
import { openApiDocument } from "../../../components/openapi/document";
import type { Stack } from "../../../tests/e2e/support/stack";
import type { ProofReport } from "../report";
import { Connection } from "./connection";
import { makeFixtures } from "./fixtures";
import { findLeaks, formsOf } from "./leaks";
import { Acknowledged, findLeftovers } from "./leftovers";
import { MemoryWatch } from "./memory";
import type { SpoiltRequest } from "./request";
import { type SpoilOptions, spoilt } from "./spoilt";
import { Tally } from "./tally";
import { templatesOf } from "./templates";

/** A local run. */
export interface Target {
  stack: Stack;
  dataDir: string;
  /** Its process, if its memory is to be watched: that takes thousands of requests. */
  pid?: number;
  /** What it has printed so far. */
  output(): string;
}

export interface MalformedOptions {
  seed: number;
  /** How many are sent. */
  requests: number;
}

const clients = 8;

/**
 * Most requests in a row to one route, for each media type that it takes. Functions take turns in few
 * processes: if routes took turns at each request, each would start a process.
 */
const requestsInRow = 50;

/** Sends malformed requests to a local run, and looks at what comes of them. */
export async function runMalformed(
  target: Target,
  { seed, requests }: MalformedOptions,
  progress: (line: string) => void,
): Promise<ProofReport> {
  const { stack } = target;
  const marker = `soak-marker-${seed}-`;
  const acknowledged = new Acknowledged();
  const values = await makeFixtures(stack, marker, acknowledged);
  const templates = templatesOf(openApiDocument(), values);
  const apiUrl = new URL(stack.outputs.apiUrl);
  const tally = new Tally(acknowledged);
  const memory = target.pid === undefined ? undefined : new MemoryWatch(target.pid);
  const connections = Array.from({ length: clients }, () => new Connection(apiUrl));
  for (const block of blocksOf(requests, seed, { apiUrl, marker, templates })) {
    await sendBlock(block, connections, tally);
    memory?.sample();
    progress(`${tally.requests} of ${requests} requests`);
  }
  for (const connection of connections) {
    connection.close();
  }
  const leftovers = await findLeftovers(stack, acknowledged);
  const { lines, leaks } = findLeaks(target.dataDir, target.output(), {
    "a value that was sent": formsOf(marker),
    "the API key": [values.apiKey],
    "a signed URL": ["X-Amz-Signature"],
    "a security token": ["X-Amz-Security-Token"],
    "a cursor": [values.cursor],
  });
  return {
    name: "malformed",
    figures: {
      ...tally.figures(),
      ...memory?.figures(),
      "Log lines searched": lines,
      "Log lines with a secret": leaks.length,
      "Objects and rows stored": leftovers.stored,
      "Objects and rows of refused requests": leftovers.orphans.length,
    },
    failures: [
      ...tally.problems,
      ...(memory?.problems() ?? []),
      ...leaks.map((leak) => `the log has ${leak}`),
      ...leftovers.orphans.map((orphan) => `a refused request has left the ${orphan}`),
    ],
  };
}

/** The requests, in blocks to one route each; the routes take turns. */
function* blocksOf(
  requests: number,
  seed: number,
  options: SpoilOptions,
): Generator<SpoiltRequest[]> {
  const { templates } = options;
  const routes = [...new Set(templates.map(({ route }) => route))];
  const perTemplate = Math.min(requestsInRow, Math.ceil(requests / templates.length));
  for (let sent = 0, index = 0; sent < requests; index++) {
    const own = templates.filter(({ route }) => route === routes[index % routes.length]);
    const numRuns = Math.min(own.length * perTemplate, requests - sent);
    const arbitrary = fc.oneof(...own.map((template) => spoilt(template, options)));
    yield fc.sample(arbitrary, { seed: seed + index, numRuns });
    sent += numRuns;
  }
}

async function sendBlock(
  block: readonly SpoiltRequest[],
  connections: readonly Connection[],
  tally: Tally,
): Promise<void> {
  const first = tally.requests + 1;
  const queue = block.entries();
  await Promise.all(
    connections.map(async (connection) => {
      // Each takes the next one of the same queue.
      for (const [position, request] of queue) {
        const outcome = await connection.send(request);
        tally.note(first + position, request, outcome);
      }
    }),
  );
}
