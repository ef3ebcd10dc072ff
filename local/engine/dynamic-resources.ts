import { isDeepStrictEqual } from "node:util";
import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { messageOf } from "../message-of";
import type { Properties } from "../provider/resource";
import { DynamicProvider } from "./dynamic-provider";
import type {
  CheckFailure,
  DynamicProviderOptions,
  DynamicResource,
  DynamicState,
} from "./dynamic-provider";
import type { DynamicRecord, DynamicRecords } from "./dynamic-records";
import { priorResource, traitsOf } from "./prior-state";
import type { PriorResource } from "./prior-state";
import { withoutSecrets, withSecretsOf } from "./properties";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceSteps } from "./resource-steps";
import { nameOf } from "./urn";

/** The resources that the program's own code makes, brought from what exists to what the program asks for. */
export class DynamicResources {
  readonly #options: DynamicProviderOptions;
  readonly #records: Promise<DynamicRecords>;
  readonly #steps: ResourceSteps;
  readonly #kept = new Set<string>();
  readonly #keptUrns = new Set<string>();
  #provider: Promise<DynamicProvider> | undefined;

  constructor(
    options: DynamicProviderOptions,
    records: Promise<DynamicRecords>,
    steps: ResourceSteps,
  ) {
    this.#options = options;
    this.#records = records;
    this.#steps = steps;
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
   * Creates a resource, or changes what exists of it where its provider sees a difference. It gets its
   * id and its outputs, those secret that are so as inputs.
   *
   * @throws Error of the provider, or StepFailed of a hook.
   */
  async apply(resource: RegisteredResource): Promise<void> {
    const old = await this.#find(resource);
    const news = plain(resource);
    const provider = await this.#started();
    if (!old) {
      await this.#create(resource);
      return;
    }
    const { ignoreChanges } = resource.options;
    const diff = await provider.diff(news, old, ignoreChanges);
    if (diff.replace) {
      await this.#replace(resource, old, diff.deleteBeforeReplace);
    } else if (diff.changes ?? !isDeepStrictEqual(old.inputs, news.inputs)) {
      await this.#steps.update(resource, priorResource(old), async () => {
        await this.#put(resource, await provider.update(news, old, ignoreChanges), old);
      });
    } else {
      await this.#steps.keep(resource, () =>
        this.#put(resource, { ...old, inputs: news.inputs }, old),
      );
    }
  }

  /**
   * Deletes what exists and was not asked for, the latest first.
   *
   * @param onDeleted gets each, and how many seconds it took.
   */
  async deleteOthers(onDeleted: (old: PriorResource, seconds: number) => void): Promise<void> {
    const records = await this.#records;
    for (const record of records.all().reverse()) {
      if (!this.#kept.has(keyOf(record))) {
        const started = performance.now();
        const isReplaced = this.#keptUrns.has(record.urn);
        await this.#delete(record, isReplaced);
        onDeleted({ ...priorResource(record), isReplaced }, (performance.now() - started) / 1000);
      }
    }
  }

  /** Ends the provider's process, if there is one. */
  async stop(): Promise<void> {
    const provider = await this.#provider?.catch(() => undefined);
    await provider?.stop();
  }

  async #create(resource: RegisteredResource, replaced?: DynamicRecord): Promise<void> {
    const provider = await this.#started();
    await this.#steps.create(resource, async () => {
      const { type, urn } = resource;
      const state = await provider.create(plain(resource));
      // Nothing tells it from one of the same id.
      const isSame = replaced && keyOf(replaced) === keyOf({ type, urn, id: state.id });
      await this.#put(resource, state, isSame ? replaced : undefined);
    });
  }

  /** The old one is deleted after all is created, unless its provider asks for otherwise. */
  async #replace(
    resource: RegisteredResource,
    old: DynamicRecord,
    isDeletedFirst: boolean,
  ): Promise<void> {
    if (resource.options.deleteBeforeReplace ?? isDeletedFirst) {
      await this.#delete(old, true);
      await this.#create(resource);
      return;
    }
    await this.#create(resource, old);
    if (this.#kept.has(keyOf(old))) {
      await this.#steps.delete(priorResource(old), {
        destroy: () => this.#destroy(old),
        isReplaced: true,
      });
    }
  }

  async #delete(record: DynamicRecord, isReplaced: boolean): Promise<void> {
    const records = await this.#records;
    await this.#steps.delete(priorResource(record), {
      destroy: () => this.#destroy(record),
      forget: () => {
        records.remove(record);
      },
      isReplaced,
    });
  }

  async #destroy(record: DynamicRecord): Promise<void> {
    const { type, urn } = record;
    const provider = await this.#started();
    await provider.delete({ type, urn, name: nameOf(urn) }, record);
  }

  async #put(
    resource: RegisteredResource,
    { id, inputs, outputs }: DynamicState,
    replaced?: DynamicRecord,
  ): Promise<void> {
    const { type, urn } = resource;
    resource.id = id;
    resource.outputs = withSecretsOf(outputs, resource.inputs) as Properties;
    const record = { type, urn, id, inputs, outputs, traits: traitsOf(resource) };
    (await this.#records).put(record, replaced);
    this.#kept.add(keyOf(record));
    this.#keptUrns.add(urn);
  }

  async #find({ type, urn, options }: RegisteredResource): Promise<DynamicRecord | undefined> {
    const records = (await this.#records).all();
    const names = [urn, ...options.aliases];
    const found = names.map((name) =>
      records.findLast((record) => record.urn === name && record.type === type),
    );
    return found.find(Boolean);
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
