import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import { close, listen, loopback } from "../http";
import type { Authenticator, PolicyStatement } from "../iam/types";
import type { FunctionInvoker, InvokeRequest, MetricSink, Service } from "../types";
import { authorizeInvocation } from "./authorize-invocation";
import { bundleRuntime } from "./bundle-runtime";
import { deploy, type DeployOptions } from "./deploy";
import { EnvironmentPool } from "./environment-pool";
import { EventQueue, lambdaBackoff, type Backoff } from "./event-queue";
import { ExecutionEnvironment, type DeployedFunction } from "./execution-environment";
import type { FunctionDefinition } from "./function-definition";
import { functionNameOf, functionNotFound } from "./function-name";
import type { FunctionResponse } from "./function-response";
import { FunctionRunner } from "./function-runner";
import { invokeApi } from "./invoke-api";
import { limits } from "./limits";
import { ResourcePolicy, type Permission } from "./resource-policy";

/** What Lambda is made with. */
export interface LambdaOptions extends DeployOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  metrics: MetricSink;
  /** Most processes at a time, of some 80 MB each. Default 4. */
  maxEnvironments?: number;
  /** A process that was idle for so long is ended, in milliseconds. Default 60,000. */
  idleMs?: number;
  /**
   * A process is not used for longer, in milliseconds. Default 10 hours: of the 12 that its
   * credentials last, enough is left for the URLs that it signs.
   */
  maxAgeMs?: number;
  /** An invocation waits so long for a process, in milliseconds. Default API Gateway's 29,000. */
  patienceMs?: number;
  /** Waits before an event is retried. Default as Lambda does. */
  backoff?: Backoff;
}

/** The result of an invocation, with what Lambda tells in headers. */
export interface LambdaResult extends FunctionResponse {
  requestId: string;
  /** The last 4 KB of the log; empty for an event. */
  logTail: string;
}

interface RegisteredFunction {
  deployed: DeployedFunction;
  policy: ResourcePolicy;
}

/**
 * Lambda: runs the very archives that would be uploaded, in processes that see nothing of this
 * project and of the host's environment. Has the Invoke API over HTTP.
 *
 * Not emulated: versions, aliases, layers, images, VPC, destinations, the freezing of a process
 * between invocations, the read-only file system, the SDK that the runtime brings along, and the
 * architecture: functions run on the machine's own.
 */
export class Lambda implements FunctionInvoker, Service {
  readonly #options: LambdaOptions;
  readonly #functions = new Map<string, RegisteredFunction>();
  readonly #queue: EventQueue;
  readonly #pool: EnvironmentPool;
  readonly #runner: FunctionRunner;
  readonly #server: Server;
  #folder: string | undefined;
  #url = "";

  constructor(options: LambdaOptions) {
    this.#options = options;
    this.#queue = new EventQueue(options.backoff ?? lambdaBackoff);
    this.#pool = new EnvironmentPool({
      maxEnvironments: options.maxEnvironments ?? 4,
      idleMs: options.idleMs ?? 60_000,
      maxAgeMs: options.maxAgeMs ?? 10 * 60 * 60 * 1000,
      clock: options.clock,
      patienceMs: options.patienceMs ?? 29_000,
      create: (deployed) =>
        new ExecutionEnvironment(deployed, this.#bootstrap, this.#options.clock()),
    });
    this.#runner = new FunctionRunner({ ...options, pool: this.#pool });
    this.#server = createServer(invokeApi(this, options.authenticator));
  }

  /** Where the Invoke API listens. */
  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    // Outside the project: what an archive lacks must not be found in the project's node_modules.
    this.#folder = await mkdtemp(join(await realpath(tmpdir()), "lambda-"));
    bundleRuntime(this.#bootstrap);
    this.#url = `http://${loopback}:${await listen(this.#server)}`;
  }

  async stop(): Promise<void> {
    await close(this.#server);
    await this.#pool.stop();
    await this.#queue.stop();
    await this.#runner.settled();
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
  async createFunction(definition: FunctionDefinition): Promise<{ arn: string }> {
    const { name } = definition;
    if (this.#functions.has(name)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, 409);
    }
    const deployed = await deploy(definition, this.#started, this.#options);
    const policy = new ResourcePolicy(deployed.arn, this.#options.account.partition);
    this.#functions.set(name, { deployed, policy });
    return { arn: deployed.arn };
  }

  /**
   * Lets a service, an account or a principal use a function.
   *
   * @throws AwsError `ResourceNotFoundException`, `ResourceConflictException`,
   * `ValidationException`.
   */
  addPermission(permission: Permission): PolicyStatement {
    return this.#find(permission.functionName).policy.add(permission);
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
    if (request.invocationType === "Event") {
      this.#queue.push(() => this.#attempt(deployed, requestId, payload));
      return { statusCode: 202, payload: "", requestId, logTail: "" };
    }
    const { response, logTail } = await this.#runner.run(deployed, requestId, payload);
    return { ...response, requestId, logTail };
  }

  /**
   * Checks that there is such a function and that the caller may invoke it.
   *
   * @throws AwsError `ResourceNotFoundException`, `AccessDeniedException`.
   */
  authorize(request: Omit<InvokeRequest, "invocationType" | "payload">): DeployedFunction {
    const { authorizer, account } = this.#options;
    const { deployed, policy } = this.#find(request.functionName);
    const { principal, sourceArn } = request;
    authorizeInvocation(
      { principal, sourceArn, functionArn: deployed.arn, resourcePolicy: policy.document },
      authorizer,
      account,
    );
    return deployed;
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

  #find(reference: string): RegisteredFunction {
    const found = this.#functions.get(functionNameOf(reference, this.#options.account));
    if (found === undefined) {
      throw functionNotFound(reference);
    }
    return found;
  }

  async #attempt(deployed: DeployedFunction, requestId: string, payload: string): Promise<boolean> {
    try {
      const { response } = await this.#runner.run(deployed, requestId, payload);
      return response.error === undefined;
    } catch (error) {
      if (error instanceof AwsError) {
        return false;
      }
      throw error;
    }
  }
}

function requireValidPayload(payload: string, type: InvokeRequest["invocationType"]): void {
  const most = type === "Event" ? limits.asynchronousPayloadBytes : limits.synchronousPayloadBytes;
  const length = Buffer.byteLength(payload);
  if (length > most) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `${length} byte payload is too large for the ${type} invocation type (limit ${most} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
