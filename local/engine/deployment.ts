import { status } from "@grpc/grpc-js";
import type { ComputedOutputs } from "./computed-outputs";
import type { EngineEvent } from "./events";
import { fromStruct, structOf, toStruct } from "./properties";
import type { Struct } from "./protobuf";
import type { RegisteredResource } from "./registered-resource";
import type { ResourceProvider } from "./resource-provider";
import { messageOf, RpcError } from "./rpc";
import { RunFailed } from "./run-failed";
import { stackType } from "./urn";
import type { StackIdentity } from "./urn";

export interface DeploymentOptions extends StackIdentity {
  /** The folder of `Pulumi.yaml`, without symbolic links. */
  projectDir: string;
  /** Relative paths of assets start here. */
  programDir: string;
  /** What is not known before a resource exists. */
  computed: ComputedOutputs;
  provider: ResourceProvider;
  dryRun: boolean;
  /** Looks at each resource before it is created, and may replace its `inputs`. */
  analyze?: (resource: RegisteredResource) => Promise<void>;
  onEvent: (event: EngineEvent) => void;
}

/** One run of a program: its resources, and whether one of them failed. */
export class Deployment {
  readonly identity: StackIdentity;
  readonly projectDir: string;
  readonly dryRun: boolean;
  readonly provider: ResourceProvider;
  readonly resources = new Map<string, RegisteredResource>();
  readonly #options: DeploymentOptions;
  readonly #failure = new AbortController();
  readonly #started: Promise<unknown>[] = [];

  constructor(options: DeploymentOptions) {
    this.identity = { project: options.project, stack: options.stack };
    this.projectDir = options.projectDir;
    this.dryRun = options.dryRun;
    this.provider = options.provider;
    this.#options = options;
  }

  /** Aborts as soon as a resource fails; its reason is RunFailed, or what `analyze` threw. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  /** The resource that stands for the stack, once the program has registered it. */
  get stack(): RegisteredResource | undefined {
    return [...this.resources.values()].find(({ type }) => type === stackType);
  }

  /**
   * Adds a resource and, unless this is a dry run, creates it.
   *
   * @throws RpcError after the failure has been reported.
   */
  async register(resource: RegisteredResource): Promise<Struct> {
    this.#add(resource);
    const outputs = this.#create(resource);
    this.#started.push(outputs);
    return await outputs;
  }

  /** Waits for the creations that were under way when the program ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#started);
  }

  report(severity: "info" | "warning" | "error", message: string, urn?: string): void {
    this.#options.onEvent({ kind: "diagnostic", severity, message, urn });
  }

  #add(resource: RegisteredResource): void {
    const { urn } = resource;
    if (this.failed.aborted) {
      throw stopped();
    }
    if (this.resources.has(urn)) {
      // https://github.com/pulumi/pulumi/blob/master/sdk/go/common/diag/errors.go
      throw this.#fail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.resources.set(urn, resource);
  }

  async #create(resource: RegisteredResource): Promise<Struct> {
    const { urn } = resource;
    await this.#options.analyze?.(resource).catch((error: unknown) => {
      this.#failure.abort(error);
      throw stopped();
    });
    const started = performance.now();
    const outputs = await this.#outputs(resource).catch((error: unknown) => {
      throw this.#fail(urn, `creating ${urn}: ${messageOf(error)}`);
    });
    resource.outputs = outputs.toJavaScript();
    const seconds = (performance.now() - started) / 1000;
    const onlyRecorded = this.#isOnlyRecorded(resource);
    this.#options.onEvent({ kind: "created", resource, onlyRecorded, seconds });
    return outputs;
  }

  async #outputs(resource: RegisteredResource): Promise<Struct> {
    const { type, name, urn, custom, options } = resource;
    const inputs = structOf(resource.inputs);
    if (!custom) {
      return inputs;
    }
    if (this.dryRun) {
      const unknowns = await this.#options.computed.unknownsOf(type);
      return structOf({ ...unknowns, ...resource.inputs });
    }
    if (!this.provider.emulates(type)) {
      resource.id = name;
      return inputs;
    }
    const { values, secrets } = fromStruct(inputs);
    const request = { type, name, urn, inputs: values, projectDir: this.#options.programDir };
    const state = await this.provider.create(request);
    resource.id = state.id;
    return toStruct(state.outputs, [
      ...secrets,
      ...options.additionalSecretOutputs,
      ...(state.secretOutputs ?? []),
    ]);
  }

  /** Whether nothing but a record of the resource is made, because no one emulates its type. */
  #isOnlyRecorded({ type, custom }: RegisteredResource): boolean {
    return custom && !type.startsWith("pulumi:providers:") && !this.provider.emulates(type);
  }

  #fail(urn: string, message: string): RpcError {
    this.report("error", message, urn);
    this.#failure.abort(new RunFailed("a resource could not be created"));
    return stopped();
  }
}

/** What Pulumi's engine answers once a resource has failed; the SDK then ends the program quietly. */
function stopped(): RpcError {
  return new RpcError(status.UNAVAILABLE, "the deployment has failed");
}
