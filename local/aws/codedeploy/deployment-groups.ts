import { AwsError } from "../aws-error";
import { checkApplication, checkGroup } from "./check-definition";
import type { ApplicationDefinition, GroupDefinition } from "./definition";

/** An application that is there. */
export interface Application extends ApplicationDefinition {
  createdAt: Date;
}

/** Applications and their deployment groups, in memory. */
export class DeploymentGroups {
  readonly #clock: () => Date;
  /** By id. */
  readonly #applications = new Map<string, Application>();
  /** By id. */
  readonly #groups = new Map<string, GroupDefinition>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** All applications, by name. */
  applications(): Application[] {
    return [...this.#applications.values()].sort(byName);
  }

  /** @throws AwsError `ApplicationDoesNotExistException`. */
  application(name: string): Application {
    const found = this.applications().find((application) => application.name === name);
    if (!found) {
      throw new AwsError(
        "ApplicationDoesNotExistException",
        `No application found for name: ${name}`,
      );
    }
    return found;
  }

  /**
   * Creates an application, or changes the one of that id; its groups stay with it under another name.
   *
   * @throws AwsError `ApplicationAlreadyExistsException`, and as {@link checkApplication}.
   */
  putApplication(definition: ApplicationDefinition): void {
    checkApplication(definition);
    const { id, name } = definition;
    if (this.applications().some((each) => each.name === name && each.id !== id)) {
      throw new AwsError(
        "ApplicationAlreadyExistsException",
        `Application already exists with name: ${name}`,
      );
    }
    const old = this.#applications.get(id);
    this.#applications.set(id, { ...definition, createdAt: old?.createdAt ?? this.#clock() });
    for (const group of this.#groups.values()) {
      if (group.application === old?.name) {
        this.#groups.set(group.id, { ...group, application: name });
      }
    }
  }

  /** Deletes an application; one that is gone already is no error. */
  deleteApplication(id: string): void {
    this.#applications.delete(id);
  }

  /** The groups of an application, by name. */
  of(application: string): GroupDefinition[] {
    return [...this.#groups.values()]
      .filter((group) => group.application === application)
      .sort(byName);
  }

  /** A group by its id, if it is there. */
  find(id: string): GroupDefinition | undefined {
    return this.#groups.get(id);
  }

  /** @throws AwsError `ApplicationDoesNotExistException`, `DeploymentGroupDoesNotExistException`. */
  group(application: string, name: string): GroupDefinition {
    const found = this.of(this.application(application).name).find((group) => group.name === name);
    if (!found) {
      throw new AwsError(
        "DeploymentGroupDoesNotExistException",
        `No Deployment Group found for name: ${name}`,
      );
    }
    return found;
  }

  /**
   * Creates a group, or changes the one of that id.
   *
   * @throws AwsError `ApplicationDoesNotExistException`, `DeploymentGroupAlreadyExistsException`, and as
   * {@link checkGroup}.
   */
  putGroup(definition: GroupDefinition): void {
    checkGroup(definition);
    const { application, id, name } = definition;
    this.application(application);
    if (this.of(application).some((group) => group.name === name && group.id !== id)) {
      throw new AwsError(
        "DeploymentGroupAlreadyExistsException",
        `Deployment group name already exists: ${name}`,
      );
    }
    const old = this.#groups.get(id);
    if (old && old.application !== application) {
      // A group is looked for where it is to be, and is not moved.
      throw new AwsError(
        "DeploymentGroupDoesNotExistException",
        `No Deployment Group found for name: ${old.name}`,
      );
    }
    this.#groups.set(id, definition);
  }

  /** Deletes a group; one that is gone already is no error. */
  deleteGroup(id: string): void {
    this.#groups.delete(id);
  }
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}
