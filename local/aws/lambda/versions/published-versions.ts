import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { namesIn, readJson, temporarySuffix, writeJson } from "../../files";
import { roleSession } from "../../iam/role-session";
import { RecordFolder } from "../../record-folder";
import type { Account } from "../../types";
import type { DeployedFunction } from "../execution-environment";
import { withDefaults, type FunctionDefinition } from "../function-definition";
import { functionArn } from "../function-name";
import type { FunctionVersion } from "./function-version";

/** A version that was published: it never changes. */
export interface PublishedVersion extends FunctionVersion {
  definition: Omit<FunctionDefinition, "zip">;
  /** Stands for the code and configuration that it was published of. */
  digest: string;
}

/** A published version as it is kept on disk. */
interface VersionRecord {
  number: number;
  definition: Omit<FunctionDefinition, "zip">;
  codeSha256: string;
  bytes: number;
  /** ISO 8601. */
  publishedAt: string;
  digest: string;
}

/** What published versions are made with. */
export interface PublishedVersionsOptions {
  account: Account;
  dataDir: string;
  clock: () => Date;
}

/** What a version does not have of its function: these are of the function, or of how its code came here. */
const notOfVersions = new Set(["repack", "sources", "zip", "tags", "reservedConcurrency"]);

/**
 * The versions of functions that were published, each with its archive. They are kept over restarts, and
 * end with their functions.
 */
export class PublishedVersions {
  readonly #options: PublishedVersionsOptions;
  readonly #records: RecordFolder<VersionRecord>;
  readonly #codeDir: string;
  /** Oldest first, by name of the function. */
  readonly #versions = new Map<string, PublishedVersion[]>();
  /** The last number that each function has had: none is given twice, not even after a deletion. */
  readonly #numbers: Record<string, number>;

  /** Reads what an earlier run left. */
  constructor(options: PublishedVersionsOptions) {
    this.#options = options;
    this.#records = new RecordFolder(join(options.dataDir, "versions"));
    this.#codeDir = join(options.dataDir, "version-code");
    this.#numbers = existsSync(this.#numbersFile)
      ? (readJson(this.#numbersFile) as Record<string, number>)
      : {};
    const records = this.#records.load().sort((one, other) => one.number - other.number);
    for (const record of records) {
      this.#add(record);
    }
  }

  /** Those of a function, oldest first. */
  of(functionName: string): readonly PublishedVersion[] {
    return this.#versions.get(functionName) ?? [];
  }

  find(functionName: string, version: string): PublishedVersion | undefined {
    return this.of(functionName).find((each) => each.version === version);
  }

  /** The number that {@link publish} would give now. */
  next(deployed: Pick<DeployedFunction, "codeSha256" | "settings">): string {
    const { name } = deployed.settings;
    const last = this.of(name).at(-1);
    return last?.digest === digestOf(deployed)
      ? last.version
      : String((this.#numbers[name] ?? 0) + 1);
  }

  /**
   * Publishes a version of a function as it is now; where code and configuration are those of the last
   * version, that is it.
   *
   * @param description of the version. Default: the function's.
   */
  publish(deployed: DeployedFunction, description?: string): PublishedVersion {
    const { codeSha256, archive, settings, definition } = deployed;
    const digest = digestOf(deployed);
    const last = this.of(settings.name).at(-1);
    if (last?.digest === digest) {
      return last;
    }
    const number = (this.#numbers[settings.name] ?? 0) + 1;
    this.#keepCode(archive.file, codeSha256);
    this.#numbers[settings.name] = number;
    writeJson(this.#numbersFile, this.#numbers);
    const record: VersionRecord = {
      number,
      definition: {
        ...(Object.fromEntries(ofVersion(definition)) as unknown as typeof definition),
        ...(description !== undefined && { description }),
      },
      codeSha256,
      bytes: archive.bytes,
      publishedAt: this.#options.clock().toISOString(),
      digest,
    };
    this.#records.put(recordId(settings.name, number), record);
    return this.#add(record);
  }

  /** Forgets all versions of a function. */
  remove(functionName: string): void {
    for (const { version } of this.of(functionName)) {
      this.#records.remove(recordId(functionName, Number(version)));
    }
    this.#versions.delete(functionName);
    const needed = new Set([...this.#versions.values()].flat().map(({ archive }) => archive.file));
    for (const file of namesIn(this.#codeDir).map((name) => join(this.#codeDir, name))) {
      if (!needed.has(file)) {
        rmSync(file, { force: true });
      }
    }
  }

  #add(record: VersionRecord): PublishedVersion {
    const { definition, codeSha256, bytes, digest } = record;
    const { account } = this.#options;
    const { name, roleArn } = definition;
    const version: PublishedVersion = {
      version: String(record.number),
      definition,
      settings: withDefaults(definition),
      arn: functionArn(name, account),
      principal: roleSession({ roleArn, sessionName: name }, account),
      archive: { file: this.#codeFile(codeSha256), bytes, isKept: true },
      codeSha256,
      deployedAt: new Date(record.publishedAt),
      digest,
    };
    this.#versions.set(name, [...this.of(name), version]);
    return version;
  }

  /** Whole or not at all: a version is published only of code that is there. */
  #keepCode(archive: string, codeSha256: string): void {
    const file = this.#codeFile(codeSha256);
    if (existsSync(file)) {
      return;
    }
    mkdirSync(this.#codeDir, { recursive: true, mode: 0o700 });
    copyFileSync(archive, file + temporarySuffix);
    renameSync(file + temporarySuffix, file);
  }

  #codeFile(codeSha256: string): string {
    return join(this.#codeDir, `${Buffer.from(codeSha256, "base64").toString("hex")}.zip`);
  }

  get #numbersFile(): string {
    return join(this.#options.dataDir, "version-numbers.json");
  }
}

/** Function names have no dots. */
function recordId(functionName: string, number: number): string {
  return `${functionName}.${number}`;
}

function ofVersion(definition: object): [string, unknown][] {
  return Object.entries(definition).filter(([name]) => !notOfVersions.has(name));
}

function digestOf({
  settings,
  codeSha256,
}: Pick<DeployedFunction, "codeSha256" | "settings">): string {
  const environment = Object.entries(settings.environment).sort();
  const members = ofVersion({ ...settings, environment, codeSha256 }).sort();
  return createHash("sha256").update(JSON.stringify(members)).digest("hex");
}
