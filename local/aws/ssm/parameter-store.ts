import { createHash, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../aws-error";
import { RecordFolder } from "../record-folder";
import { defaultKeyId } from "./parameter";
import type { ParameterDefinition, ParameterRecord, ParameterVersion } from "./parameter";

/** Older ones are dropped. https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
const maxVersions = 100;

/** Parameters and their versions, kept over restarts in files that their owner alone may read. */
export class ParameterStore {
  readonly #folder: RecordFolder<ParameterRecord>;
  readonly #records: Map<string, ParameterRecord>;
  readonly #clock: () => Date;

  /** @throws Error when a record cannot be read. */
  constructor(folder: string, clock: () => Date) {
    this.#folder = new RecordFolder(folder);
    this.#records = new Map(
      this.#folder.load().map((record) => [record.definition.name, record] as const),
    );
    this.#clock = clock;
  }

  /** The version that {@link put} would make, or leave as it is. */
  versionOf(definition: ParameterDefinition): number {
    const record = this.#records.get(definition.name);
    const latest = record?.versions.at(-1)?.version ?? 0;
    return isSame(record, definition) ? latest : latest + 1;
  }

  /** Makes a new version, unless the parameter is already as it is to be. */
  put(definition: ParameterDefinition): void {
    const { name } = definition;
    const record = this.#records.get(name);
    if (isDeepStrictEqual(record?.definition, definition)) {
      return;
    }
    const old = record?.versions ?? [];
    const versions = isSame(record, definition)
      ? old
      : [...old, this.#newVersion(definition)].slice(-maxVersions);
    this.#folder.put(fileOf(name), { definition, versions });
    this.#records.set(name, { definition, versions });
  }

  /** @throws AwsError `ParameterNotFound`. */
  record(name: string): ParameterRecord {
    const record = this.#records.get(name);
    if (!record) {
      throw new AwsError("ParameterNotFound", "");
    }
    return record;
  }

  remove(name: string): void {
    this.#folder.remove(fileOf(name));
    this.#records.delete(name);
  }

  /**
   * One version.
   *
   * @param selector its number; by default the latest.
   * @throws AwsError `ParameterNotFound` or `ParameterVersionNotFound`, as which labels, which are not
   * emulated, are answered, too.
   */
  find(name: string, selector?: string): ParameterVersion {
    const versions = this.#records.get(name)?.versions;
    if (!versions) {
      throw new AwsError("ParameterNotFound", "");
    }
    const version =
      selector === undefined
        ? versions.at(-1)
        : versions.find((each) => String(each.version) === selector);
    if (!version) {
      throw new AwsError(
        "ParameterVersionNotFound",
        `Systems Manager could not find version ${selector ?? ""} of ${name}. Verify the version and try again.`,
      );
    }
    return version;
  }

  #newVersion(definition: ParameterDefinition): ParameterVersion {
    const { type, value, keyId = defaultKeyId } = definition;
    return {
      version: this.versionOf(definition),
      type,
      value,
      ...(type === "SecureString" && { keyId, ciphertext: ciphertextOf(value) }),
      modifiedAt: this.#clock().getTime(),
    };
  }
}

/** Tags are of the parameter, not of its versions. */
function isSame(record: ParameterRecord | undefined, definition: ParameterDefinition): boolean {
  const withoutTags = { ...definition, tags: undefined };
  return isDeepStrictEqual(record && { ...record.definition, tags: undefined }, withoutTags);
}

/** Of the length that KMS's would have. Nobody can decrypt it: the local KMS encrypts nothing. */
function ciphertextOf(value: string): string {
  return randomBytes(150 + Buffer.byteLength(value)).toString("base64");
}

function fileOf(name: string): string {
  return createHash("sha256").update(name).digest("hex");
}
