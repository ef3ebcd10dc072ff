import { messageOf } from "../message-of";
import { NotEmulated } from "../provider/refuse-inputs";
import type { Properties, ResourceIdentity } from "../provider/resource";
import { receivedProperties } from "./assets";
import { isBuiltin, planBuiltin } from "./builtin-resources";
import { problemsOf } from "./check-resource";
import { Completion } from "./completion";
import { Creations } from "./creations";
import type { DeploymentOptions } from "./deployment-options";
import { isDynamic } from "./dynamic-provider";
import { NoRecords } from "./dynamic-records";
import { DynamicResources } from "./dynamic-resources";
import { Failures } from "./failures";
import { Hooks } from "./hooks";
import { requireDependencies, requireParent } from "./missing-resources";
import { NothingPrior } from "./prior-state";
import { structOf } from "./properties";
import type { Struct } from "./protobuf";
import type { RegisteredResource } from "./registered-resource";
import { ResourcePlans } from "./resource-plans";
import type { ResourceProvider } from "./resource-provider";
import { ResourceSteps } from "./resource-steps";
import { stopped } from "./rpc";
import { readStackReference } from "./stack-reference";
import { stackType, type StackIdentity } from "./urn";

/**
 * One run of a program: its resources, and whether one of them failed. The resources are planned
 * while the program runs, and exist only after {@link Deployment.create}. Only what the program's own
 * code makes cannot be known before: dynamic resources are created at once, after all that they need.
 */
export class Deployment {
  /** What it was made with. */
  readonly options: DeploymentOptions;
  readonly identity: StackIdentity;
  readonly projectDir: string;
  readonly dryRun: boolean;
  /** Whether nothing is to be created, so that what the provider lacks may stay unknown. */
  readonly judgeOnly: boolean;
  readonly resources = new Map<string, RegisteredResource>();
  /** URNs of what the program has looked up. */
  readonly reads = new Set<string>();
  readonly hooks: Hooks;
  readonly failures: Failures;
  readonly #provider: Promise<ResourceProvider>;
  readonly #completion: Completion;
  readonly #started: Promise<unknown>[] = [];
  readonly #plans: ResourcePlans;
  readonly #dynamic: DynamicResources;
  readonly #steps: ResourceSteps;
  readonly #creations: Creations;
  /** URNs of what is refused, and of what depends on it, whose outputs are not known. */
  readonly #unplanned = new Set<string>();

  constructor(options: DeploymentOptions) {
    this.identity = { project: options.project, stack: options.stack };
    this.projectDir = options.projectDir;
    this.dryRun = options.dryRun;
    this.judgeOnly = options.dryRun || options.judgeOnly;
    this.options = options;
    this.failures = new Failures(options.onEvent);
    const warn = (message: string, urn: string) => {
      this.failures.report("warning", message, urn);
    };
    this.#completion = new Completion({
      ...options,
      identity: this.identity,
      provider: () => this.#startedProvider(),
      check: (provider) => this.#check(provider),
      findPrior: (resource) => this.#steps.find(resource),
      fail: (urn, message) => this.failures.fail(urn, message),
    });
    this.#plans = new ResourcePlans({
      ...options,
      judgeOnly: this.judgeOnly,
      provider: () => this.#startedProvider(),
      warn,
    });
    this.hooks = new Hooks({ previewOnly: this.judgeOnly, warn });
    this.#steps = new ResourceSteps(
      this.hooks,
      options.priorState ?? Promise.resolve(new NothingPrior()),
    );
    this.#dynamic = new DynamicResources(
      {
        ...options,
        onLine: (line) => {
          this.failures.report("info", line);
        },
      },
      options.dynamicRecords ?? Promise.resolve(new NoRecords()),
      this.#steps,
    );
    this.#creations = new Creations({
      resources: this.resources,
      plans: this.#plans.plans,
      dynamic: this.#dynamic,
      steps: this.#steps,
      failures: this.failures,
      onEvent: options.onEvent,
    });
    this.#provider = Promise.resolve(options.provider);
    void this.#provider.catch((error: unknown) => {
      this.failures.abort(error);
    });
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
    resource.inputs = await receivedProperties(resource.inputs, this.options.programDir);
    this.#add(resource);
    const outputs = this.#plan(resource).catch((error: unknown) =>
      this.failures.throwStopped(error),
    );
    this.#started.push(outputs);
    return await outputs;
  }

  /**
   * Keeps the outputs that the program gives a component.
   *
   * @throws RpcError when its assets are not there, or a hook has failed.
   */
  async complete(resource: RegisteredResource, outputs: Properties): Promise<void> {
    resource.outputs = await receivedProperties(outputs, this.options.programDir);
    if (this.judgeOnly) {
      await this.#steps
        .complete(resource)
        .catch((error: unknown) => this.failures.throwAnswer(error, this.dryRun));
    } else {
      this.#creations.order.push({ resource, isComplete: true });
    }
  }

  /**
   * The properties of a reference to another stack.
   *
   * @param urn the reference.
   * @throws RpcError after the failure has been reported.
   */
  async readStack(urn: string, name: string): Promise<Properties> {
    const { findStackOutputs, dryRun } = this.options;
    return await readStackReference(name, this.identity, findStackOutputs).catch(
      (error: unknown) => {
        throw this.failures.fail(urn, (dryRun ? "Preview failed: " : "") + messageOf(error));
      },
    );
  }

  /** The program has succeeded, and will register nothing more. Its process lives on until this is done. */
  async succeed(): Promise<void> {
    if (!this.failures.signal.aborted && this.failures.refused.size === 0) {
      await this.options.onSuccess();
    }
  }

  /** Waits for what was being planned when the program ended. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#started);
  }

  /**
   * Creates the resources in the order of their registration, in which each comes after those that
   * its inputs come from, and deletes what earlier runs have left of others.
   *
   * @throws RunFailed after the failure has been reported; what was created before it stays.
   */
  async create(): Promise<void> {
    await this.#creations.createAll();
  }

  /** Ends what runs the program's own providers, and the connections to its hooks. */
  async stop(): Promise<void> {
    this.hooks.close();
    await this.#dynamic.stop();
  }

  #add(resource: RegisteredResource): void {
    const { urn } = resource;
    if (this.failures.signal.aborted) {
      throw stopped();
    }
    if (this.resources.has(urn)) {
      // https://github.com/pulumi/pulumi/blob/master/sdk/go/common/diag/errors.go
      throw this.failures.fail(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.resources.set(urn, resource);
    this.#creations.order.push({ resource, isComplete: false });
  }

  async #plan(resource: RegisteredResource): Promise<Struct> {
    requireParent(resource, this);
    await this.#check(resource);
    requireDependencies(resource, this);
    if (this.judgeOnly) {
      return await this.#preview(resource);
    }
    return isDynamic(resource.type)
      ? await this.#createDynamic(resource)
      : await this.#outputs(resource);
  }

  /** Nothing is created, so that hooks for previews go with the planning. */
  async #preview(resource: RegisteredResource): Promise<Struct> {
    await this.#steps
      .create(resource, async () => {
        await this.#outputs(resource);
      })
      .catch((error: unknown) => this.failures.throwAnswer(error, this.dryRun));
    return structOf(resource.outputs ?? {});
  }

  async #outputs(resource: RegisteredResource): Promise<Struct> {
    if (isBuiltin(resource.type)) {
      return structOf(await planBuiltin(resource, this));
    }
    const outputs = await this.#plans
      .outputs(resource, await this.#identityOf(resource))
      .catch((error: unknown) => this.#withoutPlan(resource, error));
    resource.outputs = outputs.toJavaScript();
    return outputs;
  }

  /** That of one beside another, which it replaces or which was left, is a new one, as is its name if nobody has given it. */
  async #identityOf(resource: RegisteredResource): Promise<ResourceIdentity | undefined> {
    if (this.judgeOnly || !resource.custom) {
      return undefined;
    }
    const { kind, identity } = await this.#steps.to(resource);
    if (identity && (kind === "replace" || (kind === "create" && identity.generation > 1))) {
      await this.#completion.rename(resource, identity);
    }
    return identity;
  }

  /** Creates a dynamic resource, unless something will not be created and the run fails anyway. */
  async #createDynamic(resource: RegisteredResource): Promise<Struct> {
    const { urn, name, inputs } = resource;
    if (this.failures.refused.size > 0) {
      this.#unplanned.add(urn);
      resource.id = name;
      return structOf(inputs);
    }
    await this.#creations.createEarly(resource);
    return structOf(resource.outputs ?? {});
  }

  /** Completes a resource, and lets its provider and policies look at it. */
  async #check(resource: RegisteredResource): Promise<void> {
    await this.#completion.complete(resource);
    await this.#checkByProvider(resource);
    await this.options.analyze?.(resource);
  }

  /** Reports what the provider would refuse of a resource. */
  async #checkByProvider(resource: RegisteredResource): Promise<void> {
    const problems = await problemsOf(resource, {
      dynamic: this.#dynamic,
      provider: () => this.#startedProvider(),
      unplanned: this.#unplanned,
    });
    for (const problem of problems) {
      this.failures.refuse(resource.urn, problem);
    }
  }

  /** The outputs of a resource that could not be planned: no more than its inputs. */
  #withoutPlan(resource: RegisteredResource, error: unknown): Struct {
    const { urn, name, inputs, dependencies } = resource;
    const isConsequence = dependencies.some((dependency) => this.#unplanned.has(dependency));
    if (!this.failures.refused.has(urn) && !isConsequence) {
      this.failures.refuse(urn, messageOf(error));
    }
    this.#unplanned.add(urn);
    resource.id = name;
    return structOf(inputs);
  }

  /** Whoever waits for a provider that does not start is stopped; the run is told why by itself. */
  async #startedProvider(): Promise<ResourceProvider> {
    return await this.#provider.catch(() => {
      throw stopped();
    });
  }
}
