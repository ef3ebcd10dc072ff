import { status } from "@grpc/grpc-js";
import { unknown } from "@pulumi/pulumi/output";
import type { Properties } from "../provider/resource";
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
  /** It may still be starting. */
  provider: ResourceProvider | Promise<ResourceProvider>;
  dryRun: boolean;
  /** Looks at each resource before it is planned, and may replace its `inputs`. */
  analyze?: (resource: RegisteredResource) => Promise<void>;
  onEvent: (event: EngineEvent) => void;
  /** Called when the program says that it has succeeded, which some versions of the SDK do not. */
  onSuccess: () => void;
}

/**
 * One run of a program: its resources, and whether one of them failed. The resources are planned
 * while the program runs, and exist only after {@link Deployment.create}.
 */
export class Deployment {
  readonly identity: StackIdentity;
  readonly projectDir: string;
  readonly dryRun: boolean;
  readonly resources = new Map<string, RegisteredResource>();
  readonly #options: DeploymentOptions;
  readonly #provider: Promise<ResourceProvider>;
  readonly #failure = new AbortController();
  readonly #started: Promise<unknown>[] = [];
  /** What makes a resource exist, by URN. Components and what is not emulated have no entry. */
  readonly #creations = new Map<string, () => void | Promise<void>>();
  /** URNs of resources that cannot be created as they are, which has been reported. */
  readonly #refused = new Set<string>();
  /** URNs of those of them, and of what depends on them, whose outputs are not known. */
  readonly #unplanned = new Set<string>();

  constructor(options: DeploymentOptions) {
    this.identity = { project: options.project, stack: options.stack };
    this.projectDir = options.projectDir;
    this.dryRun = options.dryRun;
    this.#options = options;
    this.#provider = Promise.resolve(options.provider);
    void this.#provider.catch((error: unknown) => {
      this.#failure.abort(error);
    });
  }

  /**
   * Aborts as soon as a resource fails; its reason is RunFailed, or why `analyze` or the provider's
   * start failed.
   */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  /** How many resources cannot be created as they are, which has been reported. */
  get refused(): number {
    return this.#refused.size;
  }

  /** The resource that stands for the stack, once the program has registered it. */
  get stack(): RegisteredResource | undefined {
    return [...this.resources.values()].find(({ type }) => type === stackType);
  }

  /** Calls a provider function. */
  async invoke(token: string, args: Properties): Promise<Properties> {
    const provider = await this.#provider;
    return await provider.invoke(token, args);
  }

  /**
   * Adds a resource and plans it. One that cannot be created as it is does not stop the program, so
   * that all of them are told in one run.
   *
   * @throws RpcError after the failure has been reported.
   */
  async register(resource: RegisteredResource): Promise<Struct> {
    this.#add(resource);
    const outputs = this.#plan(resource);
    this.#started.push(outputs);
    return await outputs;
  }

  /** The program has succeeded, and will register nothing more. */
  succeed(): void {
    if (!this.failed.aborted && this.#refused.size === 0) {
      this.#options.onSuccess();
    }
  }

  /** Waits for what was being planned when the program ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#started);
  }

  /**
   * Creates the resources in the order of their registration, in which each comes after those that
   * its inputs come from.
   *
   * @throws RunFailed after the failure has been reported; what was created before it stays.
   */
  async create(): Promise<void> {
    for (const resource of this.resources.values()) {
      const started = performance.now();
      try {
        await this.#creations.get(resource.urn)?.();
      } catch (error) {
        this.#fail(resource.urn, `creating ${resource.urn}: ${messageOf(error)}`);
        throw this.failed.reason;
      }
      const seconds = (performance.now() - started) / 1000;
      const onlyRecorded = this.#isOnlyRecorded(resource);
      this.#options.onEvent({ kind: "created", resource, onlyRecorded, seconds });
    }
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

  async #plan(resource: RegisteredResource): Promise<Struct> {
    await this.#check(resource);
    await this.#options.analyze?.(resource).catch((error: unknown) => {
      this.#failure.abort(error);
      throw stopped();
    });
    const outputs = await this.#outputs(resource).catch((error: unknown) =>
      this.#withoutPlan(resource, error),
    );
    resource.outputs = outputs.toJavaScript();
    return outputs;
  }

  /** Reports what the provider would refuse of a resource. */
  async #check({ type, custom, urn, inputs, propertyDependencies }: RegisteredResource) {
    if (!custom) {
      return;
    }
    const provider = await this.#startedProvider();
    const { values } = fromStruct(structOf(inputs));
    for (const [property, urns] of Object.entries(propertyDependencies)) {
      if (urns.some((dependency) => this.#unplanned.has(dependency))) {
        values[property] = unknown;
      }
    }
    for (const problem of provider.check({ type, inputs: values })) {
      this.#refuse(urn, problem);
    }
  }

  /** The outputs of a resource that could not be planned: no more than its inputs. */
  #withoutPlan(resource: RegisteredResource, error: unknown): Struct {
    const { urn, name, inputs, dependencies } = resource;
    const isConsequence = dependencies.some((dependency) => this.#unplanned.has(dependency));
    if (!this.#refused.has(urn) && !isConsequence) {
      this.#refuse(urn, messageOf(error));
    }
    this.#unplanned.add(urn);
    resource.id = name;
    return structOf(inputs);
  }

  #refuse(urn: string, problem: string): void {
    this.report("error", problem, urn);
    this.#refused.add(urn);
  }

  /** Whoever waits for a provider that does not start is stopped; the run is told why by itself. */
  async #startedProvider(): Promise<ResourceProvider> {
    return await this.#provider.catch(() => {
      throw stopped();
    });
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
    const provider = await this.#startedProvider();
    if (!provider.emulates(type)) {
      resource.id = name;
      return inputs;
    }
    const { values, secrets } = fromStruct(inputs);
    const request = { type, name, urn, inputs: values, projectDir: this.#options.programDir };
    const plan = await provider.plan(request);
    resource.id = plan.id;
    this.#creations.set(urn, plan.create);
    return toStruct(plan.outputs, [
      ...secrets,
      ...options.additionalSecretOutputs,
      ...(plan.secretOutputs ?? []),
    ]);
  }

  /** Whether nothing but a record of the resource is made, because no one emulates its type. */
  #isOnlyRecorded({ type, custom, urn }: RegisteredResource): boolean {
    return custom && !type.startsWith("pulumi:providers:") && !this.#creations.has(urn);
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
