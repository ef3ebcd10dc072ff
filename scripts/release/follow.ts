import { setTimeout } from "node:timers/promises";
import type { ReleasableStack } from "./connect";
import { type Deployment, type Progress, progressOf } from "./deployments";
import { type Move, nameOf, type Routing, routingOf } from "./moves";

/** Milliseconds that CodeDeploy may take to move requests back, which it does at once. */
const backWithinMs = 5 * 60 * 1000;

/** What is needed to follow deployments. */
export interface Follower extends ReleasableStack {
  /** Gets a line for each change. */
  print: (line: string) => void;
}

/**
 * Tells of a deployment until it has ended.
 *
 * @param signal ends it before, by an AbortError.
 */
export async function follow(
  follower: Follower,
  deployment: Deployment,
  signal: AbortSignal,
): Promise<Progress> {
  const { codeDeploy, lambda, intervalMs, print } = follower;
  const { move } = deployment;
  for (let told = ""; ;) {
    const progress = await progressOf(codeDeploy, deployment);
    const text = textOf(progress, move, await routingOf(lambda, move.released));
    if (text !== told) {
      print(`${nameOf(move)}: ${text}`);
      told = text;
    }
    if (progress.state === "done" || progress.state === "failed") {
      return progress;
    }
    await setTimeout(intervalMs, undefined, { signal });
  }
}

function textOf({ state, reason }: Progress, { to }: Move, { version, weights }: Routing): string {
  switch (state) {
    case "waiting":
      return "waits";
    case "moving": {
      const part = version === to ? 1 : (weights[to] ?? 0);
      return `${Math.round(100 * part)} % of requests`;
    }
    case "done":
      return "live";
    case "failed":
      return reason;
  }
}

/**
 * Waits until all requests go to the version before again, and says so, or where they go after five minutes.
 *
 * @param signal ends it before, by an AbortError.
 * @returns whether they do.
 */
export async function waitUntilBack(
  { lambda, intervalMs, print }: Follower,
  move: Move,
  signal: AbortSignal,
): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += intervalMs) {
    const { version, weights } = await routingOf(lambda, move.released);
    if (version === move.from && Object.keys(weights).length === 0) {
      print(`${nameOf(move)}: back at ${move.from}`);
      return true;
    }
    if (waitedMs >= backWithinMs) {
      print(`${nameOf(move)}: not back at ${move.from}: move the alias by hand`);
      return false;
    }
    await setTimeout(intervalMs, undefined, { signal });
  }
}
