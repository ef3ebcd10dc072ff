import { AwsError } from "../aws-error";
import { checkApplication, checkGroup } from "./check-definition";
import type { Application, ApplicationDefinition, GroupDefinition } from "./definition";
import { KeptGroups } from "./kept-groups";

/** Applications and their deployment groups: those of a program in memory, those of the API's callers kept, too. */
export class DeploymentGroups {
  readonly #clock: () => Date;
  readonly #kept: KeptGroups;
  /** By id. */
  readonly #applications = new Map<string, Application>();
  /** By id. */
  readonly #groups = new Map<string, GroupDefinition>();

  /**
   * @param folder for what is kept.
   * @throws Error when a record cannot be read.
   */
  constructor(clock: () => Date, folder: string) {
    this.#clock = clock;
    this.#kept = new KeptGroups(folder);
    for (const application of this.#kept.applications()) {
      this.#applications.set(application.id, application);
    }
    for (const group of this.#kept.groups()) {
      this.#groups.set(group.id, group);
    }
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
   * @param keeps whether it is there at the next start, too. `@default` if it was so before
   * @throws AwsError `ApplicationAlreadyExistsException`, and as {@link checkApplication}.
   */
  putApplication(definition: ApplicationDefinition, keeps = this.#kept.has(definition.id)): void {
    checkApplication(definition);
    const { id, name } = definition;
    if (this.applications().some((each) => each.name === name && each.id !== id)) {
      throw new AwsError(
        "ApplicationAlreadyExistsException",
        `Application already exists with name: ${name}`,
      );
    }
    const old = this.#applications.get(id);
    const createdAt = old?.createdAt ?? this.#clock().getTime();
    const application = { ...definition, createdAt };
    this.#applications.set(id, application);
    if (keeps) {
      this.#kept.keepApplication(application);
    }
    for (const group of old ? this.of(old.name) : []) {
      this.#setGroup({ ...group, application: name }, this.#kept.has(group.id));
    }
  }

  /** Deletes an application; one that is gone already is no error. */
  deleteApplication(id: string): void {
    this.#applications.delete(id);
    this.#kept.forget(id);
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
   * @param keeps whether it is there at the next start, too. `@default` if it was so before
   * @throws AwsError `ApplicationDoesNotExistException`, `DeploymentGroupAlreadyExistsException`, and as
   * {@link checkGroup}.
   */
  putGroup(definition: GroupDefinition, keeps = this.#kept.has(definition.id)): void {
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
    this.#setGroup(definition, keeps);
  }

  /** Deletes a group; one that is gone already is no error. */
  deleteGroup(id: string): void {
    this.#groups.delete(id);
    this.#kept.forget(id);
  }

  #setGroup(group: GroupDefinition, keeps: boolean): void {
    this.#groups.set(group.id, group);
    if (keeps) {
      this.#kept.keepGroup(group);
    }
  }
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}
