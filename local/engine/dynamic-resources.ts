import { isDeepStrictEqual } from "node:util";
import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { Properties } from "../provider/resource";
import { DynamicProvider } from "./dynamic-provider";
import type { CheckFailure, DynamicProviderOptions, DynamicResource } from "./dynamic-provider";
import type { DynamicRecord, DynamicRecords } from "./dynamic-records";
import { withoutSecrets, withSecretsOf } from "./properties";
import type { RegisteredResource } from "./registered-resource";
import { messageOf } from "./rpc";
import { nameOf } from "./urn";

/** The resources that the program's own code makes, brought from what exists to what the program asks for. */
export class DynamicResources {
  readonly #options: DynamicProviderOptions;
  readonly #records: Promise<DynamicRecords>;
  readonly #kept = new Set<string>();
  #provider: Promise<DynamicProvider> | undefined;

  constructor(options: DynamicProviderOptions, records: Promise<DynamicRecords>) {
    this.#options = options;
    this.#records = records;
  }

  /**
   * Lets a resource's provider look at its inputs, and replace them.
   *
   * @returns what is wrong with them, a sentence each.
   */
  async check(resource: RegisteredResource): Promise<string[]> {
    const old = await this.#find(resource);
    const provider = await this.#started();
    let checked: Awaited<ReturnType<DynamicProvider["check"]>>;
    try {
      checked = await provider.check(plain(resource), old?.inputs ?? {});
    } catch (error) {
      return [messageOf(error)];
    }
    const failures = checked.failures.map((failure) => describe(resource, failure));
    if (failures.length === 0) {
      resource.inputs = withSecretsOf(checked.inputs, resource.inputs) as Properties;
    }
    return failures;
  }

  /**
   * Creates a resource, or changes what exists of it where its provider sees a difference.
   *
   * @returns its id and its outputs, those secret that are so as inputs.
   * @throws Error of the provider.
   */
  async apply(resource: RegisteredResource): Promise<{ id: string; outputs: Properties }> {
    const { type, urn, inputs } = resource;
    const record = await this.#apply(resource, await this.#find(resource));
    this.#kept.add(keyOf({ type, urn, id: record.id }));
    return { id: record.id, outputs: withSecretsOf(record.outputs, inputs) as Properties };
  }

  /** Deletes what exists and was not asked for, the latest first. */
  async deleteOthers(): Promise<void> {
    const records = await this.#records;
    for (const record of records.all().reverse()) {
      if (!this.#kept.has(keyOf(record))) {
        await this.#delete(record);
      }
    }
  }

  /** Ends the provider's process, if there is one. */
  async stop(): Promise<void> {
    const provider = await this.#provider?.catch(() => undefined);
    await provider?.stop();
  }

  async #apply(resource: RegisteredResource, old: DynamicRecord | undefined) {
    const { type, urn, options } = resource;
    const news = plain(resource);
    const provider = await this.#started();
    if (!old) {
      return await this.#put({ type, urn, ...(await provider.create(news)) });
    }
    const diff = await provider.diff(news, old, options.ignoreChanges);
    if (diff.replace) {
      return await this.#replace(resource, old, diff.deleteBeforeReplace);
    }
    if (!(diff.changes ?? !isDeepStrictEqual(old.inputs, news.inputs))) {
      return await this.#put({ ...old, inputs: news.inputs }, old);
    }
    const updated = await provider.update(news, old, options.ignoreChanges);
    return await this.#put({ type, urn, ...updated }, old);
  }

  /** The old one is deleted after all is created, unless its provider asks for otherwise. */
  async #replace(
    resource: RegisteredResource,
    old: DynamicRecord,
    isDeletedFirst: boolean,
  ): Promise<DynamicRecord> {
    const { type, urn, options } = resource;
    const provider = await this.#started();
    if (options.deleteBeforeReplace ?? isDeletedFirst) {
      await this.#delete(old);
    }
    const record = { type, urn, ...(await provider.create(plain(resource))) };
    if (keyOf(record) === keyOf(old)) {
      // Nothing tells the two apart from now on.
      await provider.delete({ type, urn, name: nameOf(urn) }, old);
    }
    return await this.#put(record);
  }

  async #delete(record: DynamicRecord): Promise<void> {
    const { type, urn } = record;
    const provider = await this.#started();
    await provider.delete({ type, urn, name: nameOf(urn) }, record);
    (await this.#records).remove(record);
  }

  async #put(record: DynamicRecord, replaced?: DynamicRecord): Promise<DynamicRecord> {
    (await this.#records).put(record, replaced);
    return record;
  }

  async #find({ type, urn }: RegisteredResource): Promise<DynamicRecord | undefined> {
    const records = await this.#records;
    return records.all().findLast((record) => record.urn === urn && record.type === type);
  }

  #started(): Promise<DynamicProvider> {
    return (this.#provider ??= DynamicProvider.start(this.#options));
  }
}

function plain({ type, name, urn, inputs }: RegisteredResource): DynamicResource {
  return { type, name, urn, inputs: withoutSecrets(inputs) as Properties };
}

function keyOf({ type, urn, id }: Pick<DynamicRecord, "type" | "urn" | "id">): string {
  return JSON.stringify([type, urn, id]);
}

/** https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go */
function describe(
  { type, name, inputs }: RegisteredResource,
  { property, reason }: CheckFailure,
): string {
  const subject = `${type} resource '${name}'`;
  if (property === "") {
    return `${subject} has a problem: ${reason}`;
  }
  const value = isRpcSecret(inputs[property]) ? "[secret]" : shown(inputs[property]);
  return `${subject}: property ${property} value {${value}} has a problem: ${reason}`;
}

function shown(value: unknown): string {
  return value === undefined ? "<nil>" : typeof value === "string" ? value : JSON.stringify(value);
}
