import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromJsonForm, toJsonForm } from "../engine/json-form";
import type { StackIdentity } from "../engine/urn";
import type { Properties } from "../provider/resource";
import { isSystemError } from "./user-error";
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

  /** A stack's outputs in the form in which they travel, which tells the secret ones. */
  async outputsOf(stack: StackIdentity): Promise<Properties | undefined> {
    return fromJsonForm((await this.#read()).get(keyOf(stack))) as Properties | undefined;
  }

  /** Keeps what {@link outputsOf} tells. */
  async record(stack: StackIdentity, outputs: Properties): Promise<void> {
    const records = (await this.#read()).set(keyOf(stack), toJsonForm(outputs) as Properties);
    await writeSecretFile(this.#file, JSON.stringify(Object.fromEntries(records)));
  }

  async #read(): Promise<Records> {
    try {
      const content = JSON.parse(await readFile(this.#file, "utf8")) as Record<string, Properties>;
      return new Map(Object.entries(content));
    } catch (error) {
      if (isSystemError(error, "ENOENT")) {
        return new Map();
      }
      throw error;
    }
  }
}

function keyOf({ project, stack }: StackIdentity): string {
  return `${project}/${stack}`;
}
