import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../aws/files";
import { fromJsonForm, toJsonForm } from "../engine/json-form";
import type { StackIdentity } from "../engine/urn";
import type { Properties } from "../provider/resource";
import { writeSecretFile } from "./write-secret-file";

/** Outputs by `project/stack`. */
type Records = Map<string, Properties>;

/** The outputs of the stacks that have been run on a data folder, for those that refer to them. */
export class StackRecords {
  readonly #file: string;

  /** @param dataDir the folder; where it is not there, it has no stacks. */
  constructor(dataDir: string) {
    this.#file = join(dataDir, "stacks.json");
  }

  /**
   * A stack's outputs in the form in which they travel, which tells the secret ones.
   *
   * @throws DamagedFileError
   */
  outputsOf(stack: StackIdentity): Properties | undefined {
    return fromJsonForm(this.#read().get(keyOf(stack))) as Properties | undefined;
  }

  /** Keeps what {@link outputsOf} tells. */
  async record(stack: StackIdentity, outputs: Properties): Promise<void> {
    const records = this.#read().set(keyOf(stack), toJsonForm(outputs) as Properties);
    await writeSecretFile(this.#file, JSON.stringify(Object.fromEntries(records)));
  }

  #read(): Records {
    const content = existsSync(this.#file) ? readJson(this.#file) : {};
    return new Map(Object.entries(content as Record<string, Properties>));
  }
}

function keyOf({ project, stack }: StackIdentity): string {
  return `${project}/${stack}`;
}
