import { randomUUID } from "node:crypto";
import { join } from "node:path";

import { AwsError } from "../../aws-error";
import { RecordFolder } from "../../record-folder";
import { qualified } from "../function-name";
import { checkAlias, type Alias, type AliasDefinition, type AliasedFunction } from "./alias";
import { requireRevision } from "./require-revision";

/** What UpdateAlias changes; what is left out stays. */
export type AliasChange = Pick<AliasDefinition, "description" | "weights"> & {
  version?: string | undefined;
  /** Only where it is the alias's. Default: in any case. */
  revisionId?: string | undefined;
};

/** What aliases need of Lambda. */
export interface AliasesOptions {
  dataDir: string;
  /** A function by its name; where there is none, it has no version either. */
  functionOf: (name: string) => AliasedFunction;
}

/** The aliases of functions. They are kept over restarts, and end with their functions. */
export class Aliases {
  readonly #options: AliasesOptions;
  readonly #records: RecordFolder<Alias>;
  /** By the name of the function and their own. */
  readonly #aliases: Map<string, Alias>;

  /** Reads what an earlier run left. */
  constructor(options: AliasesOptions) {
    this.#options = options;
    this.#records = new RecordFolder(join(options.dataDir, "aliases"));
    this.#aliases = new Map(this.#records.load().map((alias) => [keyOf(alias), alias]));
  }

  /** Those of a function, by name. */
  of(functionName: string): Alias[] {
    return [...this.#aliases.values()]
      .filter((alias) => alias.functionName === functionName)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  find(functionName: string, name: string): Alias | undefined {
    return this.#aliases.get(keyOf({ functionName, name }));
  }

  /** @throws AwsError `ResourceConflictException`, and as {@link checkAlias}. */
  create(definition: AliasDefinition): Alias {
    const { functionName, name } = definition;
    const aliased = this.#options.functionOf(functionName);
    checkAlias(definition, aliased);
    if (this.find(functionName, name)) {
      const arn = qualified(aliased.arn, name);
      throw new AwsError("ResourceConflictException", `Alias already exists: ${arn}`, 409);
    }
    return this.#put(definition);
  }

  /**
   * @throws AwsError `ResourceNotFoundException`, `PreconditionFailedException`, and as
   * {@link checkAlias}.
   */
  update(functionName: string, name: string, change: AliasChange): Alias {
    const aliased = this.#options.functionOf(functionName);
    const alias = this.find(functionName, name);
    if (!alias) {
      const arn = qualified(aliased.arn, name);
      throw new AwsError("ResourceNotFoundException", `Alias not found: ${arn}`, 404);
    }
    requireRevision(change.revisionId, alias.revisionId);
    const { version = alias.version, description = alias.description } = change;
    const { weights = alias.weights } = change;
    const definition = { functionName, name, version, description, weights };
    checkAlias(definition, aliased);
    return this.#put(definition);
  }

  /** Deletes an alias; one that is gone already is no error. */
  delete(functionName: string, name: string): void {
    this.#aliases.delete(keyOf({ functionName, name }));
    this.#records.remove(keyOf({ functionName, name }));
  }

  #put({ description = "", weights = {}, ...rest }: AliasDefinition): Alias {
    const alias: Alias = { ...rest, description, weights, revisionId: randomUUID() };
    this.#records.put(keyOf(alias), alias);
    this.#aliases.set(keyOf(alias), alias);
    return alias;
  }
}

/** Neither name has dots. */
function keyOf({ functionName, name }: Pick<Alias, "functionName" | "name">): string {
  return `${functionName}.${name}`;
}
