import { regionalArn, regionOf } from "../arn";
import { AwsError } from "../aws-error";
import { derivedUuid } from "../derived-uuid";
import type { Account } from "../types";
import type { Key } from "./key";
import { managedKeyPolicy } from "./key-policies";

/** An ARN, the name of an alias, or the id of a key of one region or of several. */
const wellFormed = /^(?:arn:|alias\/|mrk-[\da-f]{32}$|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$)/i;

/** How the descriptions of AWS's keys write services, where that is not in capitals. */
const writtenNames: Readonly<Record<string, string>> = { dynamodb: "DynamoDB" };

/** The keys of the account and their aliases. */
export class KeyStore {
  readonly #account: Account;
  readonly #clock: () => Date;
  readonly #keys = new Map<string, Key>();
  /** Ids of keys, by names such as `alias/cursors`. */
  readonly #aliases = new Map<string, string>();

  constructor(account: Account, clock: () => Date) {
    this.#account = account;
    this.#clock = clock;
  }

  /** @throws AwsError `AlreadyExistsException`. */
  add(key: Key): void {
    if (this.#keys.has(key.keyId)) {
      throw new AwsError("AlreadyExistsException", `The key ${key.keyId} already exists.`);
    }
    this.#keys.set(key.keyId, key);
  }

  /** All keys, in the order of their creation. */
  all(): Key[] {
    return [...this.#keys.values()];
  }

  /** All aliases and the ids of their keys. */
  aliases(): [name: string, keyId: string][] {
    return [...this.#aliases];
  }

  /** Takes the place of the key with the same id. */
  replace(key: Key): void {
    this.#keys.set(key.keyId, key);
  }

  /** Removes a key and its aliases. */
  delete(keyId: string): void {
    this.#keys.delete(keyId);
    for (const [name, id] of this.#aliases) {
      if (id === keyId) {
        this.#aliases.delete(name);
      }
    }
  }

  deleteAlias(name: string): void {
    this.#aliases.delete(name);
  }

  /** @throws AwsError `AlreadyExistsException`. */
  addAlias(name: string, key: Key): void {
    if (this.#aliases.has(name)) {
      const message = `An alias with the name ${this.arn(name)} already exists`;
      throw new AwsError("AlreadyExistsException", message);
    }
    this.#aliases.set(name, key.keyId);
  }

  /**
   * @param reference id or ARN of a key, name or ARN of an alias.
   * @throws AwsError `NotFoundException`.
   */
  find(reference: string): Key {
    const prefix = this.arn("");
    const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
    const key = name.startsWith("alias/")
      ? (this.#keys.get(this.#aliases.get(name) ?? "") ?? this.#managedKey(name))
      : this.#keys.get(reference === name ? name : name.replace(/^key\//, ""));
    if (!key) {
      throw new AwsError("NotFoundException", this.#whyNotFound(reference, name));
    }
    return key;
  }

  #whyNotFound(reference: string, name: string): string {
    const region = regionOf(reference);
    if (reference.startsWith("arn:") && region !== this.#account.region) {
      return `Invalid arn ${region}`;
    }
    if (!wellFormed.test(reference)) {
      return `Invalid keyId '${reference}'`;
    }
    const kind = name.startsWith("alias/") ? "Alias" : "Key";
    return `${kind} '${this.#arnOf(reference)}' does not exist`;
  }

  /** ARN of a resource such as `alias/cursors`. */
  arn(resource: string): string {
    return regionalArn(this.#account, "kms", resource);
  }

  #arnOf(reference: string): string {
    if (reference.startsWith("arn:")) {
      return reference;
    }
    return this.arn(reference.startsWith("alias/") ? reference : `key/${reference}`);
  }

  /** AWS makes such a key when a service first needs it. */
  #managedKey(alias: string): Key | undefined {
    const [, service] = /^alias\/aws\/([a-z0-9]+)$/.exec(alias) ?? [];
    if (service === undefined) {
      return undefined;
    }
    const keyId = derivedUuid(`${this.#account.accountId}/${alias}`);
    const key: Key = {
      keyId,
      arn: this.arn(`key/${keyId}`),
      description: `Default key that protects my ${writtenNames[service] ?? service.toUpperCase()} data when no other key is defined`,
      usage: "ENCRYPT_DECRYPT",
      spec: "SYMMETRIC_DEFAULT",
      enabled: true,
      manager: "AWS",
      policy: managedKeyPolicy(this.#account, service),
      createdAt: this.#clock(),
    };
    this.add(key);
    this.addAlias(alias, key);
    return key;
  }
}
