import { join } from "node:path";
import { RecordFolder } from "../record-folder";
import type { Application, GroupDefinition } from "./definition";

/**
 * Applications and groups that were made over the API, which are there again at the next start. Those of a program are
 * not: it makes them again itself, also what was changed of them over the API meanwhile.
 */
export class KeptGroups {
  readonly #applications: RecordFolder<Application>;
  readonly #groups: RecordFolder<GroupDefinition>;

  /** @param folder of CodeDeploy's own. */
  constructor(folder: string) {
    this.#applications = new RecordFolder(join(folder, "applications"));
    this.#groups = new RecordFolder(join(folder, "groups"));
  }

  applications(): Application[] {
    return this.#applications.load();
  }

  groups(): GroupDefinition[] {
    return this.#groups.load();
  }

  /** Whether an application or a group is kept. */
  has(id: string): boolean {
    return this.#applications.has(id) || this.#groups.has(id);
  }

  keepApplication(application: Application): void {
    this.#applications.put(application.id, application);
  }

  keepGroup(group: GroupDefinition): void {
    this.#groups.put(group.id, group);
  }

  /** Forgets an application or a group; one that is not kept is no error. */
  forget(id: string): void {
    this.#applications.remove(id);
    this.#groups.remove(id);
  }
}
