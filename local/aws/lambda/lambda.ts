import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import type { PolicyStatement } from "../iam/types";
import { ServicePort } from "../service-port";
import type { FunctionInvoker, InvokeRequest, Service } from "../types";
import { requireUnreserved } from "./account-concurrency";
import { authorizeInvocation, type InvocationAuthorization } from "./authorize-invocation";
import { bundleRuntime } from "./bundle-runtime";
import { makeDeliveries, type Deliveries } from "./deliveries";
import { deploy } from "./deploy";
import { requireUsableDestination } from "./destinations";
import { eventInvokeSettingsOf, type EventInvokeConfig } from "./event-invoke-config";
import type { EventSources } from "./event-sources/event-sources";
import { makeExecution, type Execution } from "./execution";
import type { DeployedFunction } from "./execution-environment";
import type { FunctionDefinition } from "./function-definition";
import { functionNameOf, functionNotFound } from "./function-name";
import type { LambdaResult } from "./function-response";
import type { InspectionOptions } from "./inspection";
import type { InvocationRequest } from "./function-runner";
import { CodeDownloads } from "./code-downloads";
import { lambdaApi } from "./lambda-api";
import type { LambdaOptions } from "./lambda-options";
import { requireValidPayload } from "./payload";
import { causeOf } from "./queued-event";
import { recordInvoke } from "./record-invoke";
import type { FunctionRegistry, RegisteredFunction } from "./registered-function";
import { originate, reload, type CodeOrigin } from "./replaced-code";
import { FunctionUrls, type FunctionUrl } from "./urls/function-urls";
import type { UrlCall } from "./urls/serve-url";
import { ResourcePolicy, type Permission } from "./resource-policy";

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
 * Not emulated: versions, aliases, layers, images, VPC, dead-letter queues, destinations that are no
 * queues, the freezing of a process between invocations, the read-only file system, and the SDK that
 * the runtime brings along.
 */
export class Lambda implements FunctionInvoker, FunctionRegistry, Service {
  /** What functions can be called at by HTTP. */
  readonly urls: FunctionUrls;
  /** What an invocation of a function waits for before it gets its code. Default: nothing. */
  awaited: (functionName: string) => Promise<void> | undefined = () => undefined;
  readonly #options: LambdaOptions;
  readonly #functions = new Map<string, RegisteredFunction>();
  readonly #deliveries: Deliveries;
  readonly #execution: Execution;
  readonly #port: ServicePort;
  #folder: string | undefined;

  constructor(options: LambdaOptions) {
    this.#options = options;
    this.#deliveries = makeDeliveries(options, {
      find: (name) => this.find(name),
      current: (deployed) => this.#current(deployed),
      runner: () => this.#execution.runner,
    });
    this.#execution = makeExecution(options, {
      bootstrap: () => this.#bootstrap,
      find: (name) => this.find(name).deployed,
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
    // Outside the project: what an archive lacks must not be found in the project's node_modules.
    this.#folder = await mkdtemp(join(await realpath(tmpdir()), "lambda-"));
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
    if (this.#folder !== undefined) {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  /**
   * Creates a function from its archive. No process is started before the first invocation.
   *
   * @throws AwsError `ValidationException`, `InvalidParameterValueException`,
   * `RequestEntityTooLargeException`, `ResourceConflictException`.
   */
  async createFunction(definition: FunctionDefinition): Promise<void> {
    const { name } = definition;
    if (this.#functions.has(name)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
    }
    const deployed = await this.#deploy(definition);
    const policy = new ResourcePolicy(deployed.arn, this.#options.account.partition);
    const eventInvoke = eventInvokeSettingsOf({});
    this.#functions.set(name, { deployed, policy, eventInvoke });
    this.#execution.inspection.run(deployed);
  }

  /**
   * Replaces the code and the configuration of a function; who may invoke it stays, and requests under way
   * are answered by what was replaced.
   *
   * @throws AwsError `ResourceNotFoundException`, and as {@link Lambda.createFunction}.
   */
  async updateFunction(definition: FunctionDefinition): Promise<void> {
    await this.#replace(this.find(definition.name), definition);
  }

  /** All functions, as they are deployed now. */
  functions(): DeployedFunction[] {
    return [...this.#functions.values()].map(({ deployed }) => deployed);
  }

  /** Says where a function's code comes from. */
  setCodeOrigin(name: string, origin: CodeOrigin): void {
    originate(this.find(name).deployed, origin);
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
      () => this.find(name).deployed,
      this.#execution.inspection.overlayOf(name) !== undefined,
      (definition) => this.#replace(this.find(name), definition),
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

  /** Deletes a function with its permissions and its URL; one that is gone already is no error. */
  deleteFunction(name: string): void {
    const { deployed } = this.#functions.get(name) ?? {};
    this.#functions.delete(name);
    if (deployed) {
      this.#execution.replaced.retire(deployed);
    }
    this.urls.delete(name);
  }

  /** Takes back a permission, if the function has it. */
  removePermission(functionName: string, statementId: string): void {
    const name = functionNameOf(functionName, this.#options.account);
    this.#functions.get(name)?.policy.remove(statementId);
  }

  /** Gives the settings of events their defaults back. */
  deleteFunctionEventInvokeConfig(functionName: string): void {
    const registered = this.#functions.get(functionNameOf(functionName, this.#options.account));
    if (registered) {
      registered.eventInvoke = eventInvokeSettingsOf({});
      registered.eventInvokeSetAt = undefined;
    }
  }

  /**
   * Lets a service, an account or a principal use a function.
   *
   * @throws AwsError `ResourceNotFoundException`, `ResourceConflictException`,
   * `ValidationException`.
   */
  addPermission(permission: Permission): PolicyStatement {
    return this.find(permission.functionName).policy.add(permission);
  }

  /**
   * Says how events are retried and where records of them go; settings that are left out get their
   * defaults back.
   *
   * @throws AwsError `ResourceNotFoundException`, `ValidationException`,
   * `InvalidParameterValueException`.
   */
  putFunctionEventInvokeConfig(functionName: string, config: EventInvokeConfig): void {
    const registered = this.find(functionName);
    const settings = eventInvokeSettingsOf(config);
    for (const destination of [settings.onSuccess, settings.onFailure]) {
      if (destination !== undefined) {
        requireUsableDestination(destination, registered.deployed, this.#options.queues);
      }
    }
    registered.eventInvoke = settings;
    registered.eventInvokeSetAt = this.#options.clock();
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
    this.#deliveries.queue.resume((functionName) => this.#functions.has(functionName));
    this.#deliveries.sources.resume();
  }

  /**
   * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`,
   * `RequestEntityTooLargeException`, `InvalidRequestContentException`, `TooManyRequestsException`.
   */
  async invoke(request: InvokeRequest): Promise<LambdaResult> {
    const deployed = this.authorize(request);
    const payload = request.payload === "" ? "{}" : request.payload;
    requireValidPayload(payload, request.invocationType);
    const requestId = randomUUID();
    const functionName = deployed.settings.name;
    if (request.invocationType === "Event") {
      this.#deliveries.queue.push({ requestId, functionName, payload, cause: causeOf(request) });
      return { statusCode: 202, payload: "", requestId, logTail: "" };
    }
    const invocation = { functionName, requestId, payload, record: request.record };
    return await recordInvoke(this.#options.recorder, invocation, (record) =>
      this.#run(deployed, { ...invocation, record }),
    );
  }

  /**
   * Invokes a function for whoever called its URL.
   *
   * @throws AwsError as {@link Lambda.invoke}.
   */
  async invokeByUrl({ authType, ...call }: UrlCall): Promise<LambdaResult> {
    const deployed = this.#authorize({ ...call, urlAuthType: authType });
    requireValidPayload(call.payload, "RequestResponse");
    return await this.#run(deployed, call);
  }

  /**
   * Checks that there is such a function and that the caller may invoke it.
   *
   * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`.
   */
  authorize(request: Omit<InvokeRequest, "invocationType" | "payload">): DeployedFunction {
    return this.#authorize(request);
  }

  #authorize({ functionName, ...caller }: FunctionCaller): DeployedFunction {
    const { authorizer, account } = this.#options;
    const { deployed, policy } = this.find(functionName);
    const resource = { functionArn: deployed.arn, resourcePolicy: policy.document };
    authorizeInvocation({ ...caller, ...resource }, authorizer, account);
    return deployed;
  }

  /** What runs goes on with the old code, in its old process. */
  async #replace(registered: RegisteredFunction, definition: FunctionDefinition): Promise<void> {
    const deployed = await this.#deploy(definition);
    const old = registered.deployed;
    registered.deployed = deployed;
    this.#execution.inspection.run(deployed);
    this.#execution.replaced.retire(old);
  }

  async #deploy(definition: FunctionDefinition): Promise<DeployedFunction> {
    requireUnreserved(definition, this.functions());
    const overlayOf = this.#execution.inspection.overlayOf(definition.name);
    return deploy(definition, this.#started, this.#options, overlayOf);
  }

  async #run(deployed: DeployedFunction, request: InvocationRequest): Promise<LambdaResult> {
    const current = await this.#current(deployed);
    const { response, logTail } = await this.#execution.runner.run(current, request);
    return { ...response, requestId: request.requestId, logTail };
  }

  /** The function as it is once what it waits for is there. */
  async #current({ settings: { name } }: DeployedFunction): Promise<DeployedFunction> {
    await this.awaited(name);
    await this.#execution.inspection.ready(name);
    return this.find(name).deployed;
  }

  get #started(): string {
    if (this.#folder === undefined) {
      throw new Error("Lambda has not been started.");
    }
    return this.#folder;
  }

  get #bootstrap(): string {
    return join(this.#started, "bootstrap.js");
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  find(reference: string): RegisteredFunction {
    const found = this.#functions.get(functionNameOf(reference, this.#options.account));
    if (found === undefined) {
      throw functionNotFound(reference);
    }
    return found;
  }
}
