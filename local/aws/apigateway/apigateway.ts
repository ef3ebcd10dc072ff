import { regionalArn } from "../arn";
import type {
  Account,
  FunctionInvoker,
  LogSink,
  MetricSink,
  Service,
  ServiceOptions,
} from "../types";
import type { Waf } from "../waf/waf";
import { DomainNames } from "./domain-names";
import { badRequest, conflict, noSuchApi } from "./errors";
import { gatewayArn } from "./gateway-arn";
import { derivedId, randomId } from "./identifiers";
import { Listeners } from "./listeners";
import { AuthorizerCache } from "./pipeline/authorizer/authorizer-cache";
import { accountThrottle } from "./pipeline/apply-limits";
import type { ServeServices } from "./pipeline/serve";
import { type CreateRestApiRequest, definitionOf, shownOf } from "./rest-api-request";
import {
  addStage,
  type CreateStageRequest,
  replaceStage,
  setMethodSettings,
  type UpdateMethodSettingsRequest,
} from "./stages";
import { type Deployment, normalizeMethodPath, type RestApi } from "./state";
import { type ThrottleLimit, TokenBuckets } from "./token-buckets";
import {
  type ApiKey,
  type CreateApiKeyRequest,
  type CreateUsagePlanRequest,
  type UsagePlan,
  UsagePlans,
} from "./usage-plans";
import { UsageStore } from "./usage-store";
import type { ViewContext } from "./view";

/** What the API Gateway is made with. */
export interface ApiGatewayOptions extends ServiceOptions {
  /** Where the first REST API listens; 0 for any free port. Further APIs take any free port. */
  port: number;
  invoker: FunctionInvoker;
  logs: LogSink;
  metrics: MetricSink;
  /** Lets clients trust the authority of a domain name's certificate, as PEM. Default: they do not. */
  trust?: (ca: string) => void;
  /** Asked before anything is done about a request to a stage that it protects. */
  waf: Waf;
}

/**
 * A local API Gateway for REST APIs that an OpenAPI document defines: routing, Lambda authorizers,
 * API keys, usage plans, request validation, Lambda proxy and mock integrations, gateway responses,
 * logs, metrics. What a client's keys have used of their quotas is kept over restarts; all else is
 * declared anew. What it does not emulate (other integrations and authorizers, resource policies,
 * caching of responses), it refuses.
 */
export class ApiGateway implements Service {
  /** Names of one's own for APIs. */
  readonly domainNames: DomainNames;
  /** Of the account: with which stages write logs. */
  loggingRoleArn: string | undefined;
  /** Tags of APIs, stages, keys, plans and domain names, by ARN; of one without, there are none. */
  readonly tags = new Map<string, Readonly<Record<string, string>>>();
  readonly #options: ApiGatewayOptions;
  readonly #services: ServeServices;
  readonly #usage: UsageStore;
  readonly #plans = new UsagePlans();
  readonly #apis = new Map<string, RestApi>();
  readonly #listeners: Listeners;

  constructor(options: ApiGatewayOptions) {
    const { account, dataDir, notify, invoker, logs, metrics, clock, recorder, waf } = options;
    this.#options = options;
    this.#usage = new UsageStore(dataDir, notify);
    this.#services = {
      accountId: account.accountId,
      invoker,
      logs,
      metrics,
      notify,
      clock,
      recorder,
      waf,
      webAclOf: (restApiId, stageName) => waf.protecting(stageArn(account, restApiId, stageName)),
      plans: this.#plans,
      usage: this.#usage,
      authorizerResults: new AuthorizerCache(),
      buckets: new TokenBuckets(),
    };
    this.#listeners = new Listeners(this.#services, options);
    this.domainNames = new DomainNames({
      ...options,
      services: this.#services,
      findApi: (id) => this.#apis.get(id),
    });
  }

  async start(): Promise<void> {
    await this.#usage.load();
    await this.#listeners.start(this.#options.port);
  }

  async stop(): Promise<void> {
    await this.#listeners.stop();
    await this.domainNames.stop();
    await this.#usage.flush();
  }

  /**
   * Where a stage is or will be served. AWS has https://<id>.execute-api.<region>.amazonaws.com/<stage>;
   * programs and their users call what stands here, and no such name leads to this machine.
   */
  async invokeUrl(restApiId: string, stageName: string): Promise<string> {
    const { url } = await this.#listeners.of(restApiId);
    return `${url}/${stageName}`;
  }

  async createRestApi(request: CreateRestApiRequest): Promise<RestApi> {
    const { id = randomId(), name } = request;
    if (this.#apis.has(id)) {
      throw conflict(`Rest API ${id} already exists`);
    }
    const definition = definitionOf(id, request);
    const { listener, url } = await this.#listeners.of(id);
    const api: RestApi = {
      id,
      name,
      rootResourceId: rootResourceId(id),
      createdAt: this.#options.clock(),
      ...shownOf(request),
      executionArn: executionArn(this.#options.account, id),
      url,
      definition,
      deployments: new Map(),
      stages: new Map(),
    };
    this.#apis.set(id, api);
    listener.api = api;
    return api;
  }

  /**
   * Replaces the definition and the settings of an API. What is deployed stays as it is.
   *
   * @throws AwsError `NotFoundException`, and as {@link ApiGateway.createRestApi}.
   */
  updateRestApi(request: CreateRestApiRequest & { id: string }): void {
    const api = this.#api(request.id);
    api.definition = definitionOf(request.id, request);
    api.name = request.name;
    Object.assign(api, shownOf(request));
  }

  /** Deletes an API with its stages; one that is gone already is no error. */
  async deleteRestApi(id: string): Promise<void> {
    if (this.#apis.delete(id)) {
      await this.#listeners.leave(id, [...this.#apis.values()].at(-1));
    }
  }

  /** @throws AwsError `BadRequestException` while a stage serves it. */
  deleteDeployment(restApiId: string, id: string): void {
    const api = this.#apis.get(restApiId);
    if ([...(api?.stages.values() ?? [])].some(({ deployment }) => deployment.id === id)) {
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    }
    api?.deployments.delete(id);
  }

  /** Changes what a stage serves and how it logs; the settings of its methods stay. */
  updateStage(request: CreateStageRequest): void {
    replaceStage(this.#api(request.restApiId), request, this.#options.clock());
  }

  /** Deletes a stage; one that is gone already is no error. */
  deleteStage(restApiId: string, stageName: string): void {
    this.#apis.get(restApiId)?.stages.delete(stageName);
  }

  /** Gives the settings of methods their defaults back. */
  deleteMethodSettings(target: Omit<UpdateMethodSettingsRequest, "settings">): void {
    const stage = this.#apis.get(target.restApiId)?.stages.get(target.stageName);
    stage?.methodSettings.delete(normalizeMethodPath(target.methodPath));
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
    const deployment = { id, createdAt: this.#options.clock(), definition: api.definition };
    api.deployments.set(id, deployment);
    return deployment;
  }

  /** Serves a deployment. */
  createStage(request: CreateStageRequest): void {
    addStage(this.#api(request.restApiId), request, this.#options.clock());
  }

  /** Sets logging level, metrics and throttling of a stage's methods. */
  updateMethodSettings(request: UpdateMethodSettingsRequest): void {
    setMethodSettings(this.#api(request.restApiId), request, this.#options.clock());
  }

  createApiKey(request: CreateApiKeyRequest): ApiKey {
    return this.#plans.createApiKey(request, this.#options.clock());
  }

  createUsagePlan(request: CreateUsagePlanRequest): UsagePlan {
    return this.#plans.createUsagePlan(request, this.#apis);
  }

  /** Changes the name of a key, and whether it is enabled. */
  updateApiKey(key: Omit<ApiKey, "createdAt" | "updatedAt">): void {
    this.#plans.updateApiKey(key, this.#options.clock());
  }

  /** Deletes a key, from all plans too; one that is gone already is no error. */
  deleteApiKey(id: string): void {
    this.#plans.deleteApiKey(id);
  }

  /** Changes stages and limits of a plan; its keys stay. */
  updateUsagePlan(request: CreateUsagePlanRequest & { id: string }): void {
    this.#plans.updateUsagePlan(request, this.#apis);
  }

  /** Deletes a plan; one that is gone already is no error. */
  deleteUsagePlan(id: string): void {
    this.#plans.deleteUsagePlan(id);
  }

  deleteUsagePlanKey({ usagePlanId, keyId }: { usagePlanId: string; keyId: string }): void {
    this.#plans.deleteUsagePlanKey(usagePlanId, keyId);
  }

  createUsagePlanKey(request: { usagePlanId: string; keyId: string }): ApiKey {
    return this.#plans.createUsagePlanKey(request.usagePlanId, request.keyId);
  }

  /** The settings of the account, but for its role for logs: see `addStage`. */
  account(): { apiKeyVersion: string; features: string[]; throttleSettings: ThrottleLimit } {
    return { apiKeyVersion: "4", features: ["UsagePlans"], throttleSettings: accountThrottle };
  }

  /** What the API shows. */
  declared(): Omit<ViewContext, "accept" | "account" | "caller"> {
    return {
      apis: this.#apis,
      plans: this.#plans,
      domainNames: this.domainNames,
      settings: this.account(),
      loggingRoleArn: this.loggingRoleArn,
      tags: this.tags,
      usage: this.#usage,
      now: this.#options.clock(),
    };
  }

  #api(id: string): RestApi {
    const api = this.#apis.get(id);
    if (!api) {
      throw noSuchApi(this.#options.account, id);
    }
    return api;
  }
}

/** `arn:aws:execute-api:<region>:<account>:<id>`. */
export function executionArn(account: Account, restApiId: string): string {
  return regionalArn(account, "execute-api", restApiId);
}

export function stageArn(account: Account, restApiId: string, stageName: string): string {
  return gatewayArn(account, `restapis/${restApiId}/stages/${stageName}`);
}

/** The id of the resource `/`. */
export function rootResourceId(restApiId: string): string {
  return derivedId(`${restApiId}/`, 10);
}
