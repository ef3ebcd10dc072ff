import { randomUUID } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";

import type { PolicyStatement } from "../iam/types";
import { ServicePort } from "../service-port";
import type { FunctionInvoker, InvokeRequest, Service } from "../types";
import { requireUnreserved } from "./account-concurrency";
import { authorizeInvocation, type InvocationAuthorization } from "./authorize-invocation";
import { bundleRuntime } from "./bundle-runtime";
import { makeDeliveries, type Deliveries } from "./deliveries";
import { deploy } from "./deploy";
import { configureEvents } from "./configure-events";
import type { EventInvokeConfig } from "./event-invoke-config";
import type { EventSources } from "./event-sources/event-sources";
import { makeExecution, type Execution } from "./execution";
import type { DeployedFunction } from "./execution-environment";
import type { FunctionDefinition } from "./function-definition";
import { functionNameOf, latest, qualified } from "./function-name";
import type { LambdaResult } from "./function-response";
import { Functions } from "./functions";
import type { InspectionOptions } from "./inspection";
import type { InvocationRequest } from "./function-runner";
import { CodeDownloads } from "./code-downloads";
import { lambdaApi } from "./lambda-api";
import type { LambdaOptions } from "./lambda-options";
import { requireValidPayload } from "./payload";
import { causeOf } from "./queued-event";
import { recordInvoke } from "./record-invoke";
import type { FunctionRegistry } from "./registered-function";
import { originate, reload, type CodeOrigin } from "./replaced-code";
import { FunctionUrls, type FunctionUrl } from "./urls/function-urls";
import type { UrlCall } from "./urls/serve-url";
import type { Permission } from "./resource-policy";
import type { Aliases } from "./versions/aliases";
import type { FunctionTarget } from "./versions/function-target";
import type { FunctionVersion } from "./versions/function-version";
import { InvokedVersions } from "./versions/invoked-versions";
import type { PublishedVersions } from "./versions/published-versions";
import { WorkFolder } from "./work-folder";

/** Who invokes which function, and how. */
type FunctionCaller = Pick<InvocationAuthorization, "principal" | "sourceArn" | "urlAuthType"> & {
  functionName: string;
};

/**
 * Lambda: runs the very archives that would be uploaded, in processes that see nothing of this
 * project and of the host's environment. Has the Invoke API over HTTP.
 *
 * Functions run on the machine's own architecture: of packages with native code, those for the
 * function's platform are replaced by this machine's. `memorySize` bounds the heap as in AWS; who uses
 * more of other memory, such as native code does, fails at the end of the invocation.
 *
 * Not emulated: layers, images, VPC, dead-letter queues, destinations that are no
 * queues, the freezing of a process between invocations, the read-only file system, and the SDK that
 * the runtime brings along.
 */
export class Lambda implements FunctionInvoker, FunctionRegistry, Service {
  /** What functions can be called at by HTTP. */
  readonly urls: FunctionUrls;
  /** The versions of functions that were published. */
  readonly versions: PublishedVersions;
  /** The aliases of functions. */
  readonly aliases: Aliases;
  /** What an invocation of a function waits for before it gets its code. Default: nothing. */
  awaited: (functionName: string) => Promise<void> | undefined = () => undefined;
  readonly #options: LambdaOptions;
  readonly #functions: Functions;
  readonly #versions: InvokedVersions;
  readonly #deliveries: Deliveries;
  readonly #execution: Execution;
  readonly #port: ServicePort;
  readonly #folder: WorkFolder;

  constructor(options: LambdaOptions) {
    this.#options = options;
    this.#folder = new WorkFolder(join(options.dataDir, "work-folders"));
    this.#functions = new Functions(options);
    this.versions = this.#functions.versions;
    this.aliases = this.#functions.aliases;
    this.#versions = new InvokedVersions({
      ...options,
      functions: this.#functions,
      folder: () => this.#started,
      ready: (name, version) => this.#ready(name, version),
    });
    this.#deliveries = makeDeliveries(options, {
      find: (name) => this.find(name),
      current: (target) => this.#versions.of(target),
      runner: () => this.#execution.runner,
    });
    this.#execution = makeExecution(options, {
      bootstrap: () => this.#bootstrap,
      find: (name) => this.#functions.latest(name),
      reload: (name) => this.reloadCode(name),
    });
    this.urls = new FunctionUrls({ ...options, invoker: this });
    const api = lambdaApi(options, this, new CodeDownloads(() => this.url, options.clock));
    this.#port = new ServicePort(createServer(api), "lambda", "Lambda", options);
  }

  /** Answers requests of SDKs that arrived elsewhere. */
  get answer(): RequestListener {
    return this.#port.answer;
  }

  /** What functions get records from. */
  get eventSources(): EventSources {
    return this.#deliveries.sources;
  }

  /** Where the API listens. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    await this.#folder.make();
    await bundleRuntime(this.#bootstrap);
    await this.#port.open();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#port.close(), this.urls.stop()]);
    this.#deliveries.queue.abort();
    this.#deliveries.sources.abort();
    await this.#execution.inspection.stop();
    await this.#deliveries.queue.settled();
    await this.#deliveries.sources.settled();
    await this.#execution.runner.settled();
    await this.#execution.replaced.removed();
    await this.#folder.remove();
  }

  /**
   * Creates a function from its archive. No process is started before the first invocation. Versions and
   * aliases that a function of its name had in an earlier run are there again.
   *
   * @param publish whether a version is published of it. Default false.
   * @throws AwsError `ValidationException`, `InvalidParameterValueException`,
   * `RequestEntityTooLargeException`, `ResourceConflictException`.
   */
  async createFunction(definition: FunctionDefinition, publish = false): Promise<void> {
    this.#functions.requireNew(definition.name);
    const deployed = await this.#deploy(definition);
    this.#functions.put(deployed);
    this.#execution.inspection.run(deployed);
    if (publish) {
      this.publishVersion(definition.name);
    }
  }

  /**
   * Replaces the code and the configuration of a function; who may invoke it stays, and requests under way
   * are answered by what was replaced.
   *
   * @param publish whether a version is published of it, where it is another than the last. Default false.
   * @throws AwsError `ResourceNotFoundException`, and as {@link Lambda.createFunction}.
   */
  async updateFunction(definition: FunctionDefinition, publish = false): Promise<void> {
    await this.#replace(definition);
    if (publish) {
      this.publishVersion(definition.name);
    }
  }

  /**
   * Publishes a version of a function as it is now, or tells the last one where nothing has changed since.
   *
   * @param description of the version. Default: the function's.
   * @throws AwsError `ResourceNotFoundException`.
   */
  publishVersion(functionName: string, description?: string): FunctionVersion {
    const name = functionNameOf(functionName, this.#options.account);
    return this.versions.publish(this.#functions.latest(name), description);
  }

  /** Deletes an alias with its permissions and its URL; one that is gone already is no error. */
  deleteAlias(functionName: string, alias: string): void {
    const name = functionNameOf(functionName, this.#options.account);
    this.#functions.removeAlias(name, alias);
    this.urls.delete(qualified(name, alias));
  }

  /** All functions, as they are deployed now. */
  functions(): DeployedFunction[] {
    return this.#functions.all();
  }

  /** Says where a function's code comes from. */
  setCodeOrigin(name: string, origin: CodeOrigin): void {
    originate(this.#functions.latest(name), origin);
  }

  /**
   * Packs a function's archive anew, of its sources as they are now, and replaces the code if it is
   * another; that of the function that is inspected, whose lines may have moved, also if it is the same.
   *
   * @returns whether it was replaced.
   * @throws AwsError `ResourceNotFoundException`, and as {@link Lambda.createFunction}.
   */
  async reloadCode(name: string): Promise<boolean> {
    return reload(
      () => this.#functions.latest(name),
      this.#execution.inspection.overlayOf(name) !== undefined,
      (definition) => this.#replace(definition),
    );
  }

  /**
   * Lets people follow one function with a debugger: it runs in one process, which they attach to, and
   * which has all the time it takes. That of a function that is named starts at once.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  async inspect(options: InspectionOptions): Promise<void> {
    await this.#execution.inspection.begin(options);
  }

  /** Whether people follow a function with a debugger, or would if it were invoked. */
  isInspected(functionName: string): boolean {
    return this.#execution.inspection.concerns(functionNameOf(functionName, this.#options.account));
  }

  /**
   * Deletes a function with its versions, aliases, permissions and URLs; one that is gone already is no
   * error.
   */
  deleteFunction(name: string): void {
    const closing = this.#versions.close(name);
    for (const { name: alias } of this.aliases.of(name)) {
      this.deleteAlias(name, alias);
    }
    const deployed = this.#functions.remove(name);
    this.#execution.replaced.retireAll(closing);
    if (deployed) {
      this.#execution.replaced.retire(deployed);
    }
    this.urls.delete(name);
  }

  /** Takes back a permission, if there is one. @param functionName as of {@link addPermission}. */
  removePermission(functionName: string, statementId: string): void {
    this.#functions.removePermission(functionName, statementId);
  }

  /** Gives the settings of events their defaults back. */
  deleteFunctionEventInvokeConfig(functionName: string): void {
    this.#functions.resetEventInvoke(functionName);
  }

  /**
   * Lets a service, an account or a principal use a function.
   *
   * @throws AwsError `ResourceNotFoundException`, `ResourceConflictException`,
   * `ValidationException`.
   */
  addPermission(permission: Permission): PolicyStatement {
    return this.find(permission.functionName).settings.policy.add(permission);
  }

  /**
   * Says how events are retried and where records of them go; settings that are left out get their
   * defaults back.
   *
   * @throws AwsError `ResourceNotFoundException`, `ValidationException`,
   * `InvalidParameterValueException`.
   */
  putFunctionEventInvokeConfig(functionName: string, config: EventInvokeConfig): void {
    configureEvents(this.find(functionName), config, this.#options);
  }

  /**
   * Gives a function a URL.
   *
   * @throws AwsError `ResourceNotFoundException`, and as {@link FunctionUrls.create}.
   */
  async createFunctionUrlConfig(url: FunctionUrl): Promise<void> {
    this.find(url.functionName);
    await this.urls.create(url);
  }

  /** Takes up the events and streams that an earlier run left, now that the functions are there again. */
  resume(): void {
    this.#deliveries.queue.resume((reference) => this.#functions.has(reference));
    this.#deliveries.sources.resume();
  }

  /**
   * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`,
   * `RequestEntityTooLargeException`, `InvalidRequestContentException`, `TooManyRequestsException`.
   */
  async invoke(request: InvokeRequest): Promise<LambdaResult> {
    const target = this.authorize(request);
    const payload = request.payload === "" ? "{}" : request.payload;
    requireValidPayload(payload, request.invocationType, request.isSerialized);
    const requestId = randomUUID();
    const { name: functionName, qualifier } = target;
    if (request.invocationType === "Event") {
      const cause = causeOf(request);
      this.#deliveries.queue.push({ requestId, functionName, qualifier, payload, cause });
      return { statusCode: 202, payload: "", requestId, logTail: "" };
    }
    const { clientContext, record: cause } = request;
    const invocation = { functionName, requestId, payload, clientContext, record: cause };
    return await recordInvoke(this.#options.recorder, invocation, (record) =>
      this.#run(target, { ...invocation, record }),
    );
  }

  /**
   * Invokes a function for whoever called its URL.
   *
   * @throws AwsError as {@link Lambda.invoke}.
   */
  async invokeByUrl({ authType, ...call }: UrlCall): Promise<LambdaResult> {
    const target = this.authorize({ ...call, urlAuthType: authType });
    requireValidPayload(call.payload, "RequestResponse");
    return await this.#run(target, call);
  }

  /**
   * Checks that there is such a function and that the caller may invoke it.
   *
   * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`.
   */
  authorize({ functionName, ...caller }: FunctionCaller): FunctionTarget {
    const { authorizer, account } = this.#options;
    // As Invoke names what there is none of.
    const target = this.#functions.find(functionName, latest);
    const resource = { functionArn: target.arn, resourcePolicy: target.settings.policy.document };
    authorizeInvocation({ ...caller, ...resource }, authorizer, account);
    return target;
  }

  /** What runs goes on with the old code, in its old process. */
  async #replace(definition: FunctionDefinition): Promise<void> {
    this.#functions.latest(definition.name);
    const deployed = await this.#deploy(definition);
    const old = this.#functions.latest(definition.name);
    this.#functions.put(deployed);
    this.#execution.inspection.run(deployed);
    this.#execution.replaced.retire(old);
  }

  async #deploy(definition: FunctionDefinition): Promise<DeployedFunction> {
    requireUnreserved(definition, this.functions());
    const overlayOf = this.#execution.inspection.overlayOf(definition.name);
    return deploy(definition, this.#started, this.#options, { overlayOf });
  }

  async #run(
    target: FunctionTarget,
    request: Omit<InvocationRequest, "target">,
  ): Promise<LambdaResult> {
    const current = await this.#versions.of(target);
    const { response, logTail } = await this.#execution.runner.run(current, { ...request, target });
    return { ...response, requestId: request.requestId, logTail };
  }

  async #ready(name: string, version: string): Promise<void> {
    if (version === latest) {
      await this.awaited(name);
    }
    await this.#execution.inspection.ready(name);
  }

  get #started(): string {
    const { path } = this.#folder;
    if (path === undefined) {
      throw new Error("Lambda has not been started.");
    }
    return path;
  }

  get #bootstrap(): string {
    return join(this.#started, "bootstrap.js");
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  find(reference: string): FunctionTarget {
    return this.#functions.find(reference);
  }
}
