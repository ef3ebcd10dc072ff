import { randomInt } from "node:crypto";
import { join } from "node:path";
import { AwsError } from "../aws-error";
import type { Notify } from "../notice";
import { RecordFolder } from "../record-folder";
import { revisionOf, type VersionShift } from "./app-spec";
import type { GroupDefinition, RollbackEvent } from "./definition";
import {
  type Deployment,
  type DeploymentRequest,
  end,
  isActive,
  newDeployment,
} from "./deployment";
import { allAtOnce } from "./deployment-config";
import type { DeploymentGroups } from "./deployment-groups";
import { runDeployment, type RunOptions } from "./run-deployment";

export interface DeploymentsOptions extends RunOptions {
  dataDir: string;
  clock: () => Date;
  notify: Notify;
  groups: DeploymentGroups;
}

const idCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/**
 * The deployments of all groups. They are kept over restarts, and go on after one; they end with their group.
 */
export class Deployments {
  readonly #options: DeploymentsOptions;
  readonly #records: RecordFolder<Deployment>;
  readonly #deployments: Map<string, Deployment>;

  /** @throws Error when a record cannot be read. */
  constructor(options: DeploymentsOptions) {
    this.#options = options;
    this.#records = new RecordFolder(join(options.dataDir, "deployments"));
    this.#deployments = new Map(this.#records.load().map((each) => [each.id, each]));
  }

  /** All of them, the newest first. */
  all(): Deployment[] {
    return [...this.#deployments.values()]
      .reverse()
      .sort((one, other) => other.createdAt - one.createdAt);
  }

  find(id: string): Deployment | undefined {
    return this.#deployments.get(id);
  }

  /** Whether something is still to happen in any of them. */
  get areActive(): boolean {
    return this.all().some(isActive);
  }

  /**
   * Creates a deployment, which begins when {@link advance} is called.
   *
   * @throws AwsError `DeploymentLimitExceededException` while another one to the group is under way.
   */
  create(group: GroupDefinition, request: DeploymentRequest): Deployment {
    const other = this.all().find((each) => each.groupId === group.id && isActive(each));
    if (other) {
      throw new AwsError(
        "DeploymentLimitExceededException",
        `The Deployment Group '${group.name}' already has an active Deployment '${other.id}'`,
      );
    }
    return this.#add(group, request);
  }

  /**
   * Stops a deployment where it is.
   *
   * @param rollsBack `@default` whether its settings say so
   * @throws AwsError `DeploymentAlreadyCompletedException`.
   */
  stop(deployment: Deployment, rollsBack?: boolean): void {
    if (!isActive(deployment)) {
      throw new AwsError(
        "DeploymentAlreadyCompletedException",
        `The deployment ${deployment.id} is already completed`,
      );
    }
    end(deployment, "Stopped", this.#now(), {
      code: "MANUAL_STOP",
      message: "The deployment was stopped by a request before it was completed",
    });
    this.#ended(deployment, rollsBack ?? this.#rollsBack(deployment, "DEPLOYMENT_STOP_ON_REQUEST"));
  }

  /** Does what is due in all deployments, and then in those that roll some of them back. */
  advance(): void {
    const active = this.all().filter(isActive);
    for (const deployment of active) {
      this.#run(deployment);
    }
    if (this.all().some((each) => isActive(each) && !active.includes(each))) {
      this.advance();
    }
  }

  /** Forgets the deployments of a group. */
  removeOf(groupId: string): void {
    for (const { id } of this.all().filter((each) => each.groupId === groupId)) {
      this.#deployments.delete(id);
      this.#records.remove(id);
    }
  }

  #run(deployment: Deployment): void {
    const group = this.#options.groups.find(deployment.groupId);
    if (!group) {
      return;
    }
    const { percent, status } = deployment;
    runDeployment(deployment, group, this.#now(), this.#options);
    if (deployment.percent > percent) {
      this.#tell(
        deployment,
        `${deployment.percent} % of the traffic of ${named(deployment.shift)}`,
      );
    }
    if (!isActive(deployment)) {
      const event =
        deployment.status === "Failed" ? "DEPLOYMENT_FAILURE" : "DEPLOYMENT_STOP_ON_ALARM";
      this.#ended(deployment, this.#rollsBack(deployment, event));
    } else if (deployment.percent > percent || deployment.status !== status) {
      this.#save(deployment);
    }
  }

  /** Whether its settings have a deployment rolled back after this. */
  #rollsBack({ rollback, status, creator }: Deployment, event: RollbackEvent): boolean {
    const mayBe = status !== "Succeeded" && creator !== "codeDeployRollback";
    return mayBe && rollback.enabled && rollback.events.includes(event);
  }

  #ended(deployment: Deployment, rollsBack: boolean): void {
    const { error, status } = deployment;
    this.#tell(deployment, `${status}${error ? `: ${error.message}` : ""}`);
    const group = this.#options.groups.find(deployment.groupId);
    if (rollsBack && group) {
      this.#rollBack(deployment, group);
    }
    this.#save(deployment);
  }

  /** A rollback takes no time, and leads to the version that the deployment came from, even if no other was before it. */
  #rollBack(deployment: Deployment, group: GroupDefinition): void {
    const { currentVersion, targetVersion } = deployment.shift;
    const shift = {
      ...deployment.shift,
      currentVersion: targetVersion,
      targetVersion: currentVersion,
    };
    const id = this.#newId();
    this.#add(
      group,
      {
        creator: "codeDeployRollback",
        configName: allAtOnce,
        revision: revisionOf(shift),
        shift,
        rollbackInfo: {
          triggeringDeploymentId: deployment.id,
          message: `Deployment ${id} is triggered to roll back deployment ${deployment.id}.`,
        },
      },
      id,
    );
    deployment.rollbackInfo = {
      deploymentId: id,
      message: `Deployment ${deployment.id} terminated. Automatic rollback is triggered with a DeploymentId ${id}.`,
    };
  }

  #add(group: GroupDefinition, request: DeploymentRequest, id = this.#newId()): Deployment {
    const deployment = newDeployment(id, group, request, this.#options.clock());
    this.#deployments.set(id, deployment);
    this.#save(deployment);
    return deployment;
  }

  #newId(): string {
    const characters = Array.from(
      { length: 9 },
      () => idCharacters[randomInt(idCharacters.length)],
    );
    return `d-${characters.join("")}`;
  }

  #now(): number {
    return this.#options.clock().getTime();
  }

  #save(deployment: Deployment): void {
    this.#records.put(deployment.id, deployment);
  }

  #tell({ id }: Deployment, what: string): void {
    this.#options.notify(`deployment ${id}: ${what}`);
  }
}

function named({ functionName, alias, targetVersion }: VersionShift): string {
  return `${functionName}:${alias} goes to version ${targetVersion}`;
}
