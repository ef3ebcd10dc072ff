import {
  type CodeDeployClient,
  CreateDeploymentCommand,
  DeploymentAlreadyCompletedException,
  GetDeploymentCommand,
  StopDeploymentCommand,
} from "@aws-sdk/client-codedeploy";
import { appSpecOf } from "./appspec";
import type { ReleasableStack } from "./connect";
import type { Move } from "./moves";

/** A move that CodeDeploy makes. */
export interface Deployment {
  move: Move;
  id: string;
}

/** How CodeDeploy gets on with a deployment. */
export interface Progress {
  state: "waiting" | "moving" | "done" | "failed";
  /** What CodeDeploy says of why it has failed. */
  reason: string;
}

/** How a move is made that takes a release back: at once, whatever alarms say. */
export const atOnce = {
  deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
  autoRollbackConfiguration: { enabled: false },
  overrideAlarmConfiguration: { enabled: false, alarms: [] },
};

/**
 * Lets CodeDeploy move requests.
 *
 * @param description what `historyOf` reads.
 * @param how other than the deployment group says. `@default` as it says
 */
export async function start(
  { codeDeploy, application }: Pick<ReleasableStack, "application" | "codeDeploy">,
  move: Move,
  description: string,
  how: Partial<typeof atOnce> = {},
): Promise<Deployment> {
  const { deploymentId = "" } = await codeDeploy.send(
    new CreateDeploymentCommand({
      applicationName: application,
      deploymentGroupName: move.released.group,
      revision: { revisionType: "AppSpecContent", appSpecContent: appSpecOf(move) },
      description,
      ...how,
    }),
  );
  return { move, id: deploymentId };
}

/** Lets CodeDeploy stop a deployment and move its requests back, unless it has ended. */
export async function stop(codeDeploy: CodeDeployClient, { id }: Deployment): Promise<void> {
  try {
    await codeDeploy.send(
      new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }),
    );
  } catch (error) {
    if (!(error instanceof DeploymentAlreadyCompletedException)) {
      throw error;
    }
  }
}

/** @throws Error for a state that CodeDeploy has not told of before. */
export async function progressOf(
  codeDeploy: CodeDeployClient,
  { id }: Deployment,
): Promise<Progress> {
  const { deploymentInfo = {} } = await codeDeploy.send(
    new GetDeploymentCommand({ deploymentId: id }),
  );
  const { status = "", errorInformation: { code = "", message = "" } = {} } = deploymentInfo;
  const state = states[status];
  if (!state) {
    throw new Error(`Deployment ${id} is ${status}, of which nothing is known.`);
  }
  return { state, reason: [status, code, message].filter((text) => text !== "").join(": ") };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html */
const states: Readonly<Partial<Record<string, Progress["state"]>>> = {
  Created: "waiting",
  Queued: "waiting",
  Ready: "waiting",
  InProgress: "moving",
  Baking: "moving",
  Succeeded: "done",
  Failed: "failed",
  Stopped: "failed",
};
