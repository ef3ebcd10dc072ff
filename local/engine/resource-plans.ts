import { isDeepStrictEqual } from "node:util";
import { isRpcSecret, specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { NotEmulated } from "../provider/refuse-inputs";
import type { PlannedResource, Properties, ResourceIdentity } from "../provider/resource";
import type { ComputedOutputs } from "./computed-outputs";
import { fromStruct, hasUnknown, structOf, toStruct } from "./properties";
import type { Struct } from "./protobuf";
import { isProviderType } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";

export interface PlanOptions {
  computed: ComputedOutputs;
  /** Relative paths of assets start here. */
  programDir: string;
  dryRun: boolean;
  /** Leaves unknown what the provider lacks. */
  judgeOnly: boolean;
  provider: () => Promise<ResourceProvider>;
  warn: (message: string, urn: string) => void;
}

/** What the resources of a run will be, and how they are created. */
export class ResourcePlans {
  /** By URN. Components and what is not emulated have no entry. */
  readonly plans = new Map<string, PlannedResource>();
  readonly #options: PlanOptions;

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  /**
   * The outputs of a resource, planned or as far as they are known.
   *
   * @param identity as of {@link ResourceProvider.plan}.
   * @throws Error with the reason why it cannot be planned.
   */
  async outputs(resource: RegisteredResource, identity?: ResourceIdentity): Promise<Struct> {
    const { type, name, urn, custom, options } = resource;
    const inputs = structOf(resource.inputs);
    if (resource.remote) {
      this.#options.warn(
        `${type} is a component of a provider plugin, which cannot run here: its children are not checked`,
        urn,
      );
      return structOf(await this.#preview(resource));
    }
    if (!custom) {
      return inputs;
    }
    if (this.#options.dryRun) {
      return structOf(await this.#preview(resource));
    }
    const provider = await this.#options.provider();
    const { values, secrets } = fromStruct(inputs);
    if (this.#options.judgeOnly && (!provider.emulates(type) || hasUnknown(resource.inputs))) {
      return structOf(await this.#preview(resource));
    }
    if (!provider.emulates(type)) {
      resource.id = name;
      return inputs;
    }
    const request = { type, name, urn, inputs: values, projectDir: this.#options.programDir };
    let plan: PlannedResource;
    try {
      plan = await provider.plan(request, identity);
    } catch (error) {
      return structOf(await this.#recorded(resource, error));
    }
    resource.id = plan.id;
    this.plans.set(urn, plan);
    const outputs = await toStruct(plan.outputs, [
      ...secrets,
      ...options.additionalSecretOutputs,
      ...(plan.secretOutputs ?? []),
    ]);
    // What is an input unchanged has its secrets and assets where the program put them.
    const unchanged = Object.keys(plan.outputs).filter((key) =>
      isDeepStrictEqual(plan.outputs[key], values[key]),
    );
    return structOf({
      ...outputs.toJavaScript(),
      ...Object.fromEntries(
        unchanged.filter((key) => key in resource.inputs).map((key) => [key, resource.inputs[key]]),
      ),
    });
  }

  /** A resource that is only judged may ask for what the provider lacks. */
  async #recorded(resource: RegisteredResource, error: unknown): Promise<Properties> {
    if (!this.#options.judgeOnly || !(error instanceof NotEmulated)) {
      throw error;
    }
    this.#options.warn(`recorded, not emulated: ${error.message}`, resource.urn);
    return await this.#preview(resource);
  }

  /** The outputs that are known before a resource exists, and markers for those that are not. */
  async #preview({ type, inputs, options }: RegisteredResource): Promise<Properties> {
    const unknowns = isProviderType(type) ? {} : await this.#options.computed.unknownsOf(type);
    const outputs: Properties = { ...unknowns, ...inputs };
    for (const name of options.additionalSecretOutputs) {
      if (name in outputs && !isRpcSecret(outputs[name])) {
        outputs[name] = { [specialSigKey]: specialSecretSig, value: outputs[name] };
      }
    }
    return outputs;
  }
}
