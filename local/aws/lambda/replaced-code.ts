import { rm } from "node:fs/promises";
import { archiveHash } from "./archive-hash";
import type { EnvironmentPool } from "./environment-pool";
import type { DeployedFunction } from "./execution-environment";
import type { FunctionDefinition } from "./function-definition";
import type { FunctionRunner } from "./function-runner";

/** Functions that were replaced: what runs goes on with the old code, in its old process, and then both go. */
export class ReplacedCode {
  readonly #pool: Pick<EnvironmentPool, "ended" | "retire">;
  readonly #runner: FunctionRunner;
  #removed: Promise<unknown> = Promise.resolve();

  constructor(pool: Pick<EnvironmentPool, "ended" | "retire">, runner: FunctionRunner) {
    this.#pool = pool;
    this.#runner = runner;
  }

  /** To be called once no further invocation gets `old`. */
  retire(old: DeployedFunction): void {
    this.#pool.retire(old);
    this.#removed = Promise.all([this.#removed, this.#removeOnceEnded(old)]);
  }

  /** As {@link retire}, once they are known. */
  retireAll(all: Promise<readonly DeployedFunction[]>): void {
    const removed = all.then(async (each) => {
      each.forEach((old) => {
        this.#pool.retire(old);
      });
      await Promise.all(each.map((old) => this.#removeOnceEnded(old)));
    });
    this.#removed = Promise.all([this.#removed, removed]);
  }

  /** Resolves once all that was replaced is gone. */
  async removed(): Promise<void> {
    await this.#removed;
  }

  async #removeOnceEnded(old: DeployedFunction): Promise<void> {
    await this.#runner.settled(old);
    await this.#pool.ended(old);
    await rm(old.taskRoot, { recursive: true, force: true });
    if (!old.archive.isKept) {
      await rm(old.archive.file, { force: true });
    }
  }
}

/** Where a function's code comes from, and how it is packed again. */
export type CodeOrigin = Required<Pick<FunctionDefinition, "repack" | "sources">>;

/** Says where a function's code comes from that was brought back from a former run's archive. */
export function originate(deployed: DeployedFunction, origin: CodeOrigin): void {
  deployed.definition = { ...deployed.definition, ...origin };
  deployed.sources.replace(origin.sources);
}

/**
 * Packs a function's archive anew, and replaces the function if it is another archive.
 *
 * @param find the function as it is now.
 * @param isForced whether the same archive replaces it, too.
 * @returns whether it was replaced.
 */
export async function reload(
  find: () => DeployedFunction,
  isForced: boolean,
  replace: (definition: FunctionDefinition) => Promise<void>,
): Promise<boolean> {
  const deployed = find();
  const { definition, codeSha256 } = deployed;
  const zip = await definition.repack?.();
  if (find() !== deployed) {
    // Updated meanwhile, and not to be set back.
    return reload(find, isForced, replace);
  }
  if (zip === undefined || (!isForced && archiveHash(zip, "base64") === codeSha256)) {
    return false;
  }
  await replace({ ...definition, zip });
  return true;
}
