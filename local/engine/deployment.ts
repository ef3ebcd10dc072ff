import { NotEmulated } from "../provider/refuse-inputs";
import type { Properties } from "../provider/resource";
import { receivedProperties } from "./assets";
import { Completion } from "./completion";
import { Creations } from "./creations";
import type { DeploymentOptions } from "./deployment-options";
import { isDynamic } from "./dynamic-provider";
import { NoRecords } from "./dynamic-records";
import { DynamicResources } from "./dynamic-resources";
import { structOf } from "./properties";
import type { Struct } from "./protobuf";
import { isProviderType } from "./provider-resource";
import type { RegisteredResource } from "./registered-resource";
import { ResourcePlans } from "./resource-plans";
import type { ResourceProvider } from "./resource-provider";
import { messageOf, stopped } from "./rpc";
import type { RpcError } from "./rpc";
import { RunFailed } from "./run-failed";
import { readStackReference } from "./stack-reference";
import { withUnknownsFrom } from "./unknown-inputs";
import { stackType } from "./urn";
import type { StackIdentity } from "./urn";

/**
 * One run of a program: its resources, and whether one of them failed. The resources are planned
 * while the program runs, and exist only after {@link Deployment.create}. Only what the program's own
 * code makes cannot be known before: dynamic resources are created at once, after all that they need.
 */
export class Deployment {
  readonly identity: StackIdentity;
  readonly projectDir: string;
  readonly dryRun: boolean;
  /** Whether nothing is to be created, so that what the provider lacks may stay unknown. */
  readonly judgeOnly: boolean;
  readonly resources = new Map<string, RegisteredResource>();
  readonly #options: DeploymentOptions;
  readonly #provider: Promise<ResourceProvider>;
  readonly #completion: Completion;
  readonly #failure = new AbortController();
  readonly #started: Promise<unknown>[] = [];
  readonly #plans: ResourcePlans;
  readonly #dynamic: DynamicResources;
  readonly #creations: Creations;
  /** URNs of resources that cannot be created as they are, which has been reported. */
  readonly #refused = new Set<string>();
  /** URNs of those of them, and of what depends on them, whose outputs are not known. */
  readonly #unplanned = new Set<string>();

  constructor(options: DeploymentOptions) {
    this.identity = { project: options.project, stack: options.stack };
    this.projectDir = options.projectDir;
    this.dryRun = options.dryRun;
    this.judgeOnly = options.dryRun || options.judgeOnly;
    this.#options = options;
    this.#completion = new Completion({
      ...options,
      identity: this.identity,
      provider: () => this.#startedProvider(),
      check: (provider) => this.#check(provider),
      fail: (urn, message) => this.fail(urn, message),
    });
    this.#plans = new ResourcePlans({
      ...options,
      judgeOnly: this.judgeOnly,
      provider: () => this.#startedProvider(),
      warn: (message, urn) => {
        this.report("warning", message, urn);
      },
    });
    this.#dynamic = new DynamicResources(
      {
        ...options,
        onLine: (line) => {
          this.report("info", line);
        },
      },
      options.dynamicRecords ?? Promise.resolve(new NoRecords()),
    );
    this.#creations = new Creations(this.resources, this.#plans.creations);
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

  /**
   * Calls a provider function.
   *
   * @param reference the provider that the program named, and the version that its SDK asks for.
   * @returns nothing where the answer is not known.
   * @throws Error with the reason, RpcError when the whole run has failed.
   */
  async invoke(
    token: string,
    args: Properties,
    reference: { provider?: string; version?: string } = {},
  ): Promise<Properties | undefined> {
    if (reference.provider === undefined) {
      await this.#completion.findForFunction(token, reference.version);
    }
    const provider = await this.#provider;
    try {
      return await provider.invoke(token, args);
    } catch (error) {
      if (this.judgeOnly && error instanceof NotEmulated) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Adds a resource and plans it. One that cannot be created as it is does not stop the program, so
   * that all of them are told in one run.
   *
   * @throws RpcError after the failure has been reported, or at once when its assets are not there.
   */
  async register(resource: RegisteredResource): Promise<Struct> {
    resource.inputs = await receivedProperties(resource.inputs, this.#options.programDir);
    this.#add(resource);
    const outputs = this.#plan(resource);
    this.#started.push(outputs);
    return await outputs;
  }

  /**
   * Keeps the outputs that the program gives a component.
   *
   * @throws RpcError when its assets are not there.
   */
  async complete(resource: RegisteredResource, outputs: Properties): Promise<void> {
    resource.outputs = await receivedProperties(outputs, this.#options.programDir);
  }

  /**
   * The properties of a reference to another stack.
   *
   * @param urn the reference.
   * @throws RpcError after the failure has been reported.
   */
  async readStack(urn: string, name: string): Promise<Properties> {
    const { findStackOutputs, dryRun } = this.#options;
    return await readStackReference(name, this.identity, findStackOutputs).catch(
      (error: unknown) => {
        throw this.fail(urn, (dryRun ? "Preview failed: " : "") + messageOf(error));
      },
    );
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
      const seconds = await this.#create(resource);
      const onlyRecorded = this.#isOnlyRecorded(resource);
      this.#options.onEvent({ kind: "created", resource, onlyRecorded, seconds });
    }
    await this.#dynamic.deleteOthers().catch((error: unknown) => {
      this.#throwFailure(undefined, messageOf(error));
    });
  }

  /** Ends what runs the program's own providers. */
  async stop(): Promise<void> {
    await this.#dynamic.stop();
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
      throw this.fail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.resources.set(urn, resource);
  }

  async #plan(resource: RegisteredResource): Promise<Struct> {
    await this.#check(resource);
    if (isDynamic(resource.type) && !this.judgeOnly) {
      return await this.#createDynamic(resource);
    }
    const outputs = await this.#plans
      .outputs(resource)
      .catch((error: unknown) => this.#withoutPlan(resource, error));
    resource.outputs = outputs.toJavaScript();
    return outputs;
  }

  /** Creates a dynamic resource, unless something will not be created and the run fails anyway. */
  async #createDynamic(resource: RegisteredResource): Promise<Struct> {
    const { urn, name, inputs } = resource;
    if (this.#refused.size > 0) {
      this.#unplanned.add(urn);
      resource.id = name;
      return structOf(inputs);
    }
    this.#plans.creations.set(urn, async () => {
      Object.assign(resource, await this.#dynamic.apply(resource));
    });
    try {
      for (const each of [...this.#creations.neededBy(resource), resource]) {
        await this.#create(each);
      }
    } catch {
      // It has been reported.
      throw stopped();
    }
    return structOf(resource.outputs ?? {});
  }

  /** @returns how many seconds it took. */
  async #create(resource: RegisteredResource): Promise<number> {
    const { urn } = resource;
    return await this.#creations
      .create(resource)
      .catch((error: unknown) => this.#throwFailure(urn, `creating ${urn}: ${messageOf(error)}`));
  }

  #throwFailure(urn: string | undefined, message: string): never {
    // Of what fails at once, each is told; of one that others wait for, only once.
    if (!this.failed.aborted) {
      this.fail(urn, message);
    }
    throw this.failed.reason;
  }

  /** Completes a resource, and lets its provider and policies look at it. */
  async #check(resource: RegisteredResource): Promise<void> {
    await this.#completion.complete(resource);
    await this.#checkByProvider(resource);
    await this.#options.analyze?.(resource).catch((error: unknown) => {
      this.#failure.abort(error);
      throw stopped();
    });
  }

  /** Reports what the provider would refuse of a resource. */
  async #checkByProvider(resource: RegisteredResource): Promise<void> {
    const { type, custom, urn } = resource;
    if (!custom) {
      return;
    }
    if (isDynamic(type)) {
      for (const problem of await this.#dynamic.check(resource)) {
        this.#refuse(urn, problem);
      }
      return;
    }
    const provider = await this.#startedProvider();
    const known = withUnknownsFrom(this.#unplanned, resource);
    for (const problem of provider.check({ type, inputs: known })) {
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

  /** Whether nothing but a record of the resource is made, because no one emulates its type. */
  #isOnlyRecorded({ type, custom, urn }: RegisteredResource): boolean {
    return custom && !isProviderType(type) && !this.#plans.creations.has(urn);
  }

  /** Ends the run because of a resource; what is returned is the answer to the program. */
  fail(urn: string | undefined, message: string): RpcError {
    this.report("error", message, urn);
    this.#failure.abort(new RunFailed("a resource could not be created"));
    return stopped();
  }
}
