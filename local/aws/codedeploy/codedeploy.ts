import { messageOf } from "../../message-of";
import type { Service, ServiceOptions } from "../types";
import type { ApplicationDefinition, GroupDefinition } from "./definition";
import type { Deployment, DeploymentRequest } from "./deployment";
import { DeploymentGroups } from "./deployment-groups";
import { Deployments } from "./deployments";
import type { RunOptions } from "./run-deployment";
import { openSession } from "./service-session";

export interface CodeDeployOptions extends ServiceOptions, RunOptions {}

/** How often alarms are looked at while there are deployments, in milliseconds. */
const pollMs = 1000;

/**
 * CodeDeploy's platform for Lambda: moves aliases of functions to other versions by steps, watches alarms meanwhile, and
 * moves them back where one goes off.
 *
 * A program's applications and groups live in memory; those that are made over the API are kept, and deployments. Not
 * emulated: other platforms, configs of one's own, hooks, revisions in buckets and repositories, notifications and
 * events.
 */
export class CodeDeploy implements Service {
  readonly groups: DeploymentGroups;
  readonly deployments: Deployments;
  readonly #options: CodeDeployOptions;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;

  /** @throws Error when the record of a deployment cannot be read. */
  constructor(options: CodeDeployOptions) {
    this.#options = options;
    this.groups = new DeploymentGroups(options.clock, options.dataDir);
    this.deployments = new Deployments({ ...options, groups: this.groups });
  }

  /** Waits for {@link resume}: nothing can be deployed before functions and roles are there again. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#isRunning = false;
    clearTimeout(this.#timer);
    return Promise.resolve();
  }

  /** Goes on with the deployments that an earlier run left, now that the functions are there again. */
  resume(): void {
    this.#isRunning = true;
    this.#schedule();
  }

  /** Deletes an application with its groups; one that is gone already is no error. */
  deleteApplication({ id, name }: Pick<ApplicationDefinition, "id" | "name">): void {
    for (const group of this.groups.of(name)) {
      this.deleteGroup(group.id);
    }
    this.groups.deleteApplication(id);
  }

  /**
   * As {@link DeploymentGroups.putGroup}.
   *
   * @throws AwsError `InvalidRoleException`, too.
   */
  putGroup(definition: GroupDefinition, keeps?: boolean): void {
    this.groups.application(definition.application);
    openSession(definition, this.#options);
    this.groups.putGroup(definition, keeps);
  }

  /** Deletes a group with its deployments; one that is gone already is no error. */
  deleteGroup(id: string): void {
    this.groups.deleteGroup(id);
    this.deployments.removeOf(id);
  }

  /** Creates a deployment, which begins at once. @throws AwsError as {@link Deployments.create}. */
  deploy(group: GroupDefinition, request: DeploymentRequest): Deployment {
    const deployment = this.deployments.create(group, request);
    this.#schedule();
    return deployment;
  }

  /** Stops a deployment. @throws AwsError as {@link Deployments.stop}. */
  stopDeployment(deployment: Deployment, rollsBack?: boolean): void {
    this.deployments.stop(deployment, rollsBack);
    this.#schedule();
  }

  /** Does what is due in deployments now. */
  advance(): void {
    this.deployments.advance();
  }

  /** A disk that is full, say, ends nothing: the next time goes on from there. */
  #advanceOrTell(): void {
    try {
      this.advance();
    } catch (error) {
      this.#options.notify(`CodeDeploy could not keep how deployments stand: ${messageOf(error)}`);
    }
  }

  #schedule(delayMs = 0): void {
    clearTimeout(this.#timer);
    if (!this.#isRunning || !this.deployments.areActive) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#advanceOrTell();
      this.#schedule(pollMs);
    }, delayMs).unref();
  }
}
