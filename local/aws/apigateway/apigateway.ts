import type { FunctionInvoker, LogSink, MetricSink, Service, ServiceOptions } from "../types";
import type { ApiDefinition } from "./definition";
import { badRequest, conflict, notFound, notImplemented } from "./errors";
import { derivedId, randomId } from "./identifiers";
import { Listener } from "./listener";
import { importApi } from "./openapi/import-api";
import { accountThrottle } from "./pipeline/apply-limits";
import type { ServeServices } from "./pipeline/serve";
import {
  addStage,
  type CreateStageRequest,
  setMethodSettings,
  type UpdateMethodSettingsRequest,
} from "./stages";
import type { Deployment, RestApi } from "./state";
import { type ThrottleLimit, TokenBuckets } from "./token-buckets";
import {
  type ApiKey,
  type CreateApiKeyRequest,
  type CreateUsagePlanRequest,
  type UsagePlan,
  UsagePlans,
} from "./usage-plans";
import { UsageStore } from "./usage-store";

/** What the API Gateway is made with. */
export interface ApiGatewayOptions extends ServiceOptions {
  /** Where the first REST API listens; 0 for any free port. Further APIs take any free port. */
  port: number;
  invoker: FunctionInvoker;
  logs: LogSink;
  metrics: MetricSink;
}

/** What CreateRestApi and PutRestApi take together. Settings go before those of the document. */
export interface CreateRestApiRequest {
  /** Given by callers that need the same id again at the next start. Default: a random one. */
  id?: string;
  name: string;
  /** An OpenAPI 3.0 or Swagger 2.0 document as JSON text. */
  body: string;
  binaryMediaTypes?: readonly string[];
  /** Only `HEADER` is emulated. */
  apiKeySource?: string;
  /** Bytes from which replies are compressed. Default: never. */
  minimumCompressionSize?: number;
}

/**
 * A local API Gateway for REST APIs that an OpenAPI document defines: routing, API keys, usage
 * plans, request validation, Lambda proxy and mock integrations, gateway responses, logs, metrics.
 * What a client's keys have used of their quotas is kept over restarts; all else is declared anew.
 * What it does not emulate (other integrations, authorizers, resource policies, caching), it
 * refuses.
 */
export class ApiGateway implements Service {
  readonly #options: ApiGatewayOptions;
  readonly #services: ServeServices;
  readonly #usage: UsageStore;
  readonly #plans = new UsagePlans();
  readonly #apis = new Map<string, RestApi>();
  readonly #listeners: Listener[] = [];
  /** The listener that waits for the first API, with its URL. */
  #first: { listener: Listener; url: string } | undefined;

  constructor(options: ApiGatewayOptions) {
    const { account, dataDir, notify, invoker, logs, metrics, clock } = options;
    this.#options = options;
    this.#usage = new UsageStore(dataDir, notify);
    this.#services = {
      accountId: account.accountId,
      invoker,
      logs,
      metrics,
      notify,
      clock,
      plans: this.#plans,
      usage: this.#usage,
      buckets: new TokenBuckets(),
    };
  }

  /** Opens the first API's port already, so that a taken one shows before anything is created. */
  async start(): Promise<void> {
    await this.#usage.load();
    this.#first = await this.#listen(this.#options.port);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    await this.#usage.flush();
  }

  async createRestApi(request: CreateRestApiRequest): Promise<RestApi> {
    const { id = randomId(), name, body, apiKeySource = "HEADER" } = request;
    if (apiKeySource !== "HEADER") {
      throw notImplemented("API keys from an authorizer");
    }
    if (this.#apis.has(id)) {
      throw conflict(`Rest API ${id} already exists`);
    }
    const definition = withSettings(importApi(body, id), request);
    const { listener, url } = this.#first ?? (await this.#listen(0));
    this.#first = undefined;
    const { partition, region, accountId } = this.#options.account;
    const api: RestApi = {
      id,
      name,
      rootResourceId: derivedId(`${id}/`, 10),
      executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${id}`,
      url,
      definition,
      deployments: new Map(),
      stages: new Map(),
    };
    this.#apis.set(id, api);
    listener.api = api;
    return api;
  }

  /** Takes a snapshot of an API, which a stage can serve. */
  createDeployment({
    id = randomId(6),
    restApiId,
  }: {
    id?: string;
    restApiId: string;
  }): Deployment {
    const api = this.#api(restApiId);
    const methods = api.definition.resources.flatMap((resource) => [...resource.methods.values()]);
    if (methods.length === 0) {
      throw badRequest("The REST API doesn't contain any methods");
    }
    if (methods.some(({ integration }) => !integration)) {
      throw badRequest("No integration defined for method");
    }
    const deployment = { id, definition: api.definition };
    api.deployments.set(id, deployment);
    return deployment;
  }

  /** Serves a deployment. */
  createStage(request: CreateStageRequest): { invokeUrl: string; executionArn: string } {
    const api = this.#api(request.restApiId);
    const { name } = addStage(api, request);
    return {
      // Where AWS has https://<id>.execute-api.<region>.amazonaws.com/<stage>: programs and their
      // users call what stands here, and no such name leads to this machine.
      invokeUrl: `${api.url}/${name}`,
      executionArn: `${api.executionArn}/${name}`,
    };
  }

  /** Sets logging level, metrics and throttling of a stage's methods. */
  updateMethodSettings(request: UpdateMethodSettingsRequest): void {
    setMethodSettings(this.#api(request.restApiId), request);
  }

  createApiKey(request: CreateApiKeyRequest): ApiKey {
    return this.#plans.createApiKey(request);
  }

  createUsagePlan(request: CreateUsagePlanRequest): UsagePlan {
    return this.#plans.createUsagePlan(request, this.#apis);
  }

  createUsagePlanKey(request: { usagePlanId: string; keyId: string }): ApiKey {
    return this.#plans.createUsagePlanKey(request.usagePlanId, request.keyId);
  }

  /** The settings of the account, but for its role for logs: see `addStage`. */
  account(): { apiKeyVersion: string; features: string[]; throttleSettings: ThrottleLimit } {
    return { apiKeyVersion: "4", features: ["UsagePlans"], throttleSettings: accountThrottle };
  }

  #api(id: string): RestApi {
    const api = this.#apis.get(id);
    if (!api) {
      throw notFound("Invalid API identifier specified");
    }
    return api;
  }

  async #listen(port: number): Promise<{ listener: Listener; url: string }> {
    const listener = new Listener(this.#services);
    const url = await listener.open(port);
    this.#listeners.push(listener);
    return { listener, url };
  }
}

function withSettings(definition: ApiDefinition, request: CreateRestApiRequest): ApiDefinition {
  const { binaryMediaTypes, minimumCompressionSize } = request;
  return {
    ...definition,
    ...(binaryMediaTypes && { binaryMediaTypes }),
    ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
  };
}
