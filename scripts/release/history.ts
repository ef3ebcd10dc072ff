import {
  BatchGetDeploymentsCommand,
  type DeploymentInfo,
  paginateListDeployments,
} from "@aws-sdk/client-codedeploy";
import type { ReleasableStack, Released } from "./connect";
import { type Move, routingOf } from "./moves";

/** Milliseconds for which a release can be taken back: some weeks, so that few deployments have to be looked at. */
const historyMs = 30 * 24 * 60 * 60 * 1000;

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeployments.html */
const largestBatch = 25;

/** What is written down of a move of a release. */
export function describe(release: string, { from, to }: Move): string {
  return `release ${release}: ${from} -> ${to}`;
}

const description = /^release (\S+): (\d+) -> (\d+)$/;

/** A move that was made, and the release that it was of. */
interface Made {
  release: string;
  move: Move;
}

/**
 * The moves that take the last release back, as far as functions are where it has moved them.
 *
 * @param now milliseconds since 1970.
 */
export async function movesBack(stack: ReleasableStack, now: number): Promise<Move[]> {
  const made = (
    await Promise.all(stack.functions.map((released) => madeFor(stack, released, now)))
  ).flat();
  // Names of releases are times, so that the last one is the greatest.
  const last = made.map(({ release }) => release).reduce(later, "");
  const moves = made.filter(({ release }) => release === last).map(({ move }) => move);
  const routings = await Promise.all(
    moves.map(({ released }) => routingOf(stack.lambda, released)),
  );
  return moves
    .filter(({ to }, index) => routings[index]?.version === to)
    .map(({ released, from, to }) => ({ released, from: to, to: from }));
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

async function madeFor(
  { codeDeploy, application }: ReleasableStack,
  released: Released,
  now: number,
): Promise<Made[]> {
  const ids: string[] = [];
  for await (const { deployments = [] } of paginateListDeployments(
    { client: codeDeploy },
    {
      applicationName: application,
      deploymentGroupName: released.group,
      includeOnlyStatuses: ["Succeeded"],
      createTimeRange: { start: new Date(now - historyMs) },
    },
  )) {
    ids.push(...deployments);
  }
  const made: Made[] = [];
  for (let at = 0; at < ids.length; at += largestBatch) {
    const { deploymentsInfo = [] } = await codeDeploy.send(
      new BatchGetDeploymentsCommand({ deploymentIds: ids.slice(at, at + largestBatch) }),
    );
    made.push(...deploymentsInfo.flatMap((info) => readMade(info, released)));
  }
  return made;
}

function readMade(info: DeploymentInfo, released: Released): Made[] {
  const [, release, from, to] = description.exec(info.description ?? "") ?? [];
  return release === undefined || from === undefined || to === undefined
    ? []
    : [{ release, move: { released, from, to } }];
}
