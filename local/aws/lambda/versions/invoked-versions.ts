import { readFile } from "node:fs/promises";

import { deploy, type DeployOptions } from "../deploy";
import type { DeployedFunction } from "../execution-environment";
import { latest, qualified } from "../function-name";
import type { Functions } from "../functions";
import { routeOf } from "./alias";
import type { FunctionTarget } from "./function-target";
import type { PublishedVersion } from "./published-versions";

/** What invoked versions need. */
export interface InvokedVersionsOptions extends DeployOptions {
  functions: Functions;
  /** Where archives are unpacked. */
  folder: () => string;
  /** Resolves once a function, or a version of it, may run. */
  ready: (functionName: string, version: string) => Promise<void>;
  /** From 0 to below 1: decides where an alias leads that has two versions. Default `Math.random`. */
  random?: () => number;
}

/** Finds what an invocation runs. Published versions are unpacked at their first one. */
export class InvokedVersions {
  readonly #options: InvokedVersionsOptions;
  readonly #opened = new Map<PublishedVersion, Promise<DeployedFunction>>();

  constructor(options: InvokedVersionsOptions) {
    this.#options = options;
  }

  /**
   * The version that an invocation gets, once what it waits for is there.
   *
   * @throws AwsError `ResourceNotFoundException`, and as {@link deploy}: what a version needs may be gone,
   * such as its role.
   */
  async of({ name, qualifier }: Pick<FunctionTarget, "name" | "qualifier">) {
    const { functions, ready, random = Math.random } = this.#options;
    const { alias, version } = functions.find(qualified(name, qualifier));
    const routed = alias ? routeOf(alias, random()) : version.version;
    await ready(name, routed);
    const published = routed === latest ? undefined : functions.versions.find(name, routed);
    return published ? await this.#open(published) : functions.latest(name);
  }

  /** Forgets the versions of a function. @returns those of them that were opened. */
  async close(functionName: string): Promise<DeployedFunction[]> {
    const versions = this.#options.functions.versions.of(functionName);
    const opened = versions.map((version) => this.#opened.get(version));
    versions.forEach((version) => this.#opened.delete(version));
    const settled = await Promise.allSettled(opened.filter((each) => each !== undefined));
    return settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  }

  async #open(version: PublishedVersion): Promise<DeployedFunction> {
    const opened = this.#opened.get(version) ?? this.#deploy(version);
    this.#opened.set(version, opened);
    return opened;
  }

  async #deploy(published: PublishedVersion): Promise<DeployedFunction> {
    const { folder } = this.#options;
    try {
      const zip = await readFile(published.archive.file);
      const definition = { ...published.definition, zip };
      return await deploy(definition, folder(), this.#options, { published });
    } catch (error) {
      this.#opened.delete(published);
      throw error;
    }
  }
}
