import { UserError } from "../../local/cli/user-error";
import { alarmsBehind } from "./alarms";
import type { Released } from "./connect";
import { atOnce, type Deployment, type Progress, start, stop } from "./deployments";
import { follow, type Follower, waitUntilBack } from "./follow";
import { describe, movesBack } from "./history";
import { type Move, nameOf, newestVersion, routingOf } from "./moves";
import type { ReleaseOptions } from "./options";

export interface ReleaseRequest extends Follower, Pick<ReleaseOptions, "back" | "check"> {
  /** Stops what is under way. */
  signal: AbortSignal;
}

/** A deployment, and what has become of it. */
interface Ended {
  deployment: Deployment;
  progress: Progress;
}

/**
 * Moves the requests of all functions whose newest version is not live to that, or takes the last release back. A release
 * is whole or not at all: where one function's fails, the others are stopped, and those that were done taken back.
 *
 * @returns whether everything is where it was to be moved.
 * @throws UserError while requests of a function are being moved by another release.
 */
export async function release(request: ReleaseRequest): Promise<boolean> {
  const moves = await movesOf(request);
  if (moves.length === 0) {
    const where = request.back ? "the last release is not live" : "the newest versions are live";
    request.print(`Nothing to do: ${where}.`);
    return true;
  }
  if (request.check) {
    moves.forEach((move) => {
      request.print(`${nameOf(move)}: would be moved`);
    });
    return true;
  }
  return request.back ? takeBack(request, moves) : moveForward(request, moves);
}

async function movesOf(request: ReleaseRequest): Promise<Move[]> {
  await requireNoneMoving(request);
  return request.back
    ? movesBack(request, Date.now())
    : (await Promise.all(request.functions.map((one) => moveOf(request, one)))).flat();
}

async function requireNoneMoving({ lambda, functions }: ReleaseRequest): Promise<void> {
  const routings = await Promise.all(functions.map((one) => routingOf(lambda, one)));
  const moving = functions.filter(
    (_, index) => Object.keys(routings[index]?.weights ?? {}).length > 0,
  );
  if (moving.length > 0) {
    const names = moving.map(({ operation }) => operation).join(", ");
    throw new UserError(
      `Requests are being moved already, of ${names}: wait for that release to end, or stop it in CodeDeploy.`,
    );
  }
}

async function moveOf({ lambda }: ReleaseRequest, released: Released): Promise<Move[]> {
  const [{ version }, newest] = await Promise.all([
    routingOf(lambda, released),
    newestVersion(lambda, released),
  ]);
  return version === newest ? [] : [{ released, from: version, to: newest }];
}

async function moveForward(request: ReleaseRequest, moves: readonly Move[]): Promise<boolean> {
  const name = new Date().toISOString();
  const running: Deployment[] = [];
  try {
    for (const move of moves) {
      request.signal.throwIfAborted();
      running.push(await start(request, move, describe(name, move)));
    }
  } catch (error) {
    await stopAll(request, running);
    throw error;
  }
  const ended = await followAll(request, running);
  if (!ended) {
    request.print(
      "Stopped: CodeDeploy moves requests back. --back takes back what is live already.",
    );
    return false;
  }
  const failed = ended.filter(({ progress }) => progress.state === "failed");
  if (failed.length === 0) {
    request.print(`Released: ${moves.length} of ${request.functions.length} functions.`);
    return true;
  }
  await undo(request, ended);
  await tellAlarms(request, failed);
  request.print("Not released.");
  return false;
}

/**
 * Follows all until they have ended; one that fails stops the others.
 *
 * @returns nothing when they were stopped from outside.
 */
async function followAll(
  request: ReleaseRequest,
  running: readonly Deployment[],
): Promise<Ended[] | undefined> {
  const open = new Set(running);
  try {
    return await Promise.all(
      running.map(async (deployment) => {
        const progress = await follow(request, deployment, request.signal);
        open.delete(deployment);
        if (progress.state === "failed") {
          await stopAll(request, [...open]);
        }
        return { deployment, progress };
      }),
    );
  } catch (error) {
    await stopAll(request, [...open]);
    if (request.signal.aborted) {
      return undefined;
    }
    throw error;
  }
}

async function stopAll(
  { codeDeploy }: ReleaseRequest,
  deployments: readonly Deployment[],
): Promise<void> {
  await Promise.all(deployments.map((deployment) => stop(codeDeploy, deployment)));
}

/** Waits for what CodeDeploy moves back, and takes back what was done before another failed. */
async function undo(request: ReleaseRequest, ended: readonly Ended[]): Promise<void> {
  const isDone = ({ progress }: Ended) => progress.state === "done";
  const done = ended.filter(isDone).map(({ deployment: { move } }) => ({
    released: move.released,
    from: move.to,
    to: move.from,
  }));
  const failed = ended.filter((one) => !isDone(one));
  await Promise.all([
    takeBack(request, done),
    ...failed.map(({ deployment }) => waitUntilBack(request, deployment.move, request.signal)),
  ]);
}

/** @returns whether all are back. */
async function takeBack(request: ReleaseRequest, moves: readonly Move[]): Promise<boolean> {
  const running = await Promise.all(
    moves.map((move) => start(request, move, `back: ${move.from} -> ${move.to}`, atOnce)),
  );
  const ended = await Promise.all(
    running.map((deployment) => follow(request, deployment, request.signal)),
  );
  return ended.every(({ state }) => state === "done");
}

async function tellAlarms(request: ReleaseRequest, failed: readonly Ended[]): Promise<void> {
  const [first] = failed;
  const reasons = failed.map(({ progress }) => progress.reason).join("\n");
  // All groups watch the same alarms.
  const alarms = first ? await alarmsBehind(request, first.deployment.move, reasons) : [];
  alarms.forEach((alarm) => {
    request.print(alarm);
  });
}
