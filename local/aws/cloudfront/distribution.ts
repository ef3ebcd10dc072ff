import { randomBytes } from "node:crypto";
import type { Account, LogSink } from "../types";
import type { Waf } from "../waf/waf";
import { behaviorFor, behaviorsOf } from "./behavior";
import type { Behavior } from "./behavior";
import { CachedOrigin } from "./cached-origin";
import type { Fetched } from "./cached-origin";
import { errorPage, redirectToHttps } from "./error-page";
import { gate } from "./gate";
import { invalidationMatcher } from "./invalidation-paths";
import { Invalidations } from "./invalidations";
import type { Invalidation, InvalidationRequest } from "./invalidations";
import { requestId } from "./origin-headers";
import { Origins } from "./origins";
import type { SigningCredentials } from "./origins";
import type { Policies } from "./policies";
import { searchOf } from "./query";
import { applyPolicy } from "./response-headers";
import { refusalOf, withoutSignature } from "./signed-access";
import type {
  DistributionConfig,
  Headers,
  ObjectStore,
  ViewerRequest,
  WholeResponse,
} from "./types";
import { ViewerFunctions } from "./viewer-functions";
import { forViewer } from "./viewer-response";

export interface DistributionOptions {
  id: string;
  domainName: string;
  arn: string;
  account: Account;
  policies: Policies;
  store: ObjectStore;
  credentials: SigningCredentials;
  clock: () => Date;
  notify: (line: string) => void;
  /** Takes what functions log. Default: it is dropped. */
  logs?: LogSink;
  /** Asked before anything is done about a request, where the configuration names a web ACL. */
  waf: Waf;
}

/** A configuration, and what it refers to. */
interface Deployment {
  config: DistributionConfig;
  origins: Origins;
  behaviors: readonly Behavior[];
}

/** Answers the requests of viewers by a distribution's configuration. */
export class Distribution {
  readonly invalidations: Invalidations;
  /** When the configuration was last given. */
  modifiedAt: Date;
  tags: Readonly<Record<string, string>> = {};
  readonly #options: DistributionOptions;
  readonly #origin: CachedOrigin;
  readonly #functions: ViewerFunctions;
  /** Names the edge location in the `Via` header. */
  readonly #edge = randomBytes(16).toString("hex");
  #deployed: Deployment;

  /** @throws AwsError for a configuration that CloudFront refuses or that is not emulated. */
  constructor(config: DistributionConfig, options: DistributionOptions) {
    this.#options = options;
    this.modifiedAt = options.clock();
    this.invalidations = new Invalidations(options.clock);
    this.#origin = new CachedOrigin(options);
    this.#functions = new ViewerFunctions({ ...options, distributionId: options.id });
    this.#deployed = this.#deploy(config);
  }

  /**
   * Takes another configuration. What is cached stays, as at AWS: only an invalidation or its age
   * makes an object go.
   *
   * @throws AwsError as the constructor does; the old configuration stays then.
   */
  update(config: DistributionConfig): void {
    const deployed = this.#deploy(config);
    this.#deployed.origins.retire();
    this.#deployed = deployed;
  }

  get config(): DistributionConfig {
    return this.#deployed.config;
  }

  /** Whether it is called so. */
  hasAlias(name: string): boolean {
    return (this.config.aliases ?? []).some((alias) => alias.toLowerCase() === name.toLowerCase());
  }

  /** Looks up anew what the configuration refers to. */
  refresh(): void {
    this.update(this.#deployed.config);
  }

  /** Whether a behavior takes signatures by the keys of this group. */
  trusts(keyGroupId: string): boolean {
    return this.#deployed.behaviors.some((each) => each.trustedKeyGroupIds.includes(keyGroupId));
  }

  /** Whether a behavior runs this function. */
  runs(functionArn: string): boolean {
    return this.#deployed.behaviors.some(({ functions }) =>
      Object.values(functions).includes(functionArn),
    );
  }

  /** Cuts the connections to origins. */
  close(): void {
    this.#deployed.origins.close();
  }

  /** @param id value of `X-Amz-Cf-Id`. */
  async respond(viewer: ViewerRequest, id = requestId()): Promise<WholeResponse> {
    const request = this.#withRootObject(viewer);
    const behavior = behaviorFor(this.#deployed.behaviors, request.path);
    const response = await this.#respond(behavior, viewer, request);
    const policy = behavior.responseHeadersPolicy;
    const headers = policy ? applyPolicy(policy, request, response.headers) : response.headers;
    return { ...response, headers: { ...headers, ...this.#edgeHeaders(id) } };
  }

  /** Forgets cached objects, unless the same was asked for before. @throws AwsError */
  createInvalidation(request: InvalidationRequest): Invalidation {
    const { invalidation, isNew } = this.invalidations.create(request);
    if (isNew) {
      this.#origin.invalidate(invalidationMatcher(request.paths));
    }
    return invalidation;
  }

  #deploy(config: DistributionConfig): Deployment {
    const { arn: distributionArn } = this.#options;
    const origins = new Origins(config, { ...this.#options, distributionArn, edge: this.#edge });
    const behaviors = behaviorsOf(config, this.#options.policies, origins);
    return { config, origins, behaviors };
  }

  #withRootObject(request: ViewerRequest): ViewerRequest {
    const { defaultRootObject } = this.#deployed.config;
    return request.path === "/" && defaultRootObject !== undefined
      ? { ...request, path: `/${defaultRootObject}` }
      : request;
  }

  async #respond(
    behavior: Behavior,
    viewer: ViewerRequest,
    request: ViewerRequest,
  ): Promise<WholeResponse> {
    const refusal = this.#refusal(behavior, viewer);
    if (refusal !== undefined) {
      return refusal;
    }
    const closed = gate(this.#deployed.config, viewer, this.#options.waf);
    if (closed) {
      const { response, isFinal } = closed;
      return isFinal
        ? response
        : await this.#finished(request, { response, xCache: "Error from cloudfront" });
    }
    if (behavior.trustedKeyGroupIds.length === 0) {
      return await this.#served(behavior, request);
    }
    // The signature is checked before functions run, which do not get to see it.
    const denial = this.#denial(behavior, viewer);
    const unsigned = { ...request, query: withoutSignature(request.query) };
    return denial === undefined
      ? await this.#served(behavior, unsigned)
      : this.#finished(unsigned, { response: denial, xCache: "Error from cloudfront" });
  }

  /** What CloudFront answers without asking cache or origin. */
  #refusal(behavior: Behavior, request: ViewerRequest): WholeResponse | undefined {
    const { viewerProtocolPolicy, allowedMethods } = behavior;
    if (!this.#deployed.config.enabled) {
      return errorPage(403, "The distribution is disabled.");
    }
    if (!request.secure && viewerProtocolPolicy === "redirect-to-https") {
      const location = `https://${request.headers.host ?? ""}${request.path}${searchOf(request.query)}`;
      return redirectToHttps(request.method, location);
    }
    if (!request.secure && viewerProtocolPolicy === "https-only") {
      return errorPage(403, "Bad request. We can't connect to the server by HTTP.");
    }
    return allowedMethods.includes(request.method)
      ? undefined
      : errorPage(
          403,
          "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.",
        );
  }

  /** Refuses a viewer whose signature does not allow the URL as it was asked for. */
  #denial({ trustedKeyGroupIds }: Behavior, request: ViewerRequest): WholeResponse | undefined {
    const { policies, clock } = this.#options;
    const scheme = request.secure ? "https" : "http";
    return refusalOf({
      request,
      origin: `${scheme}://${request.headers.host ?? ""}`,
      keyOf: (keyPairId) => policies.trustedKey(trustedKeyGroupIds, keyPairId),
      now: clock(),
    });
  }

  /**
   * The answer of the cache or the origin, by way of functions. The behavior stays what the viewer's
   * path says, wherever a function leads. A function for responses runs for what neither the origin
   * refused nor a function made itself.
   *
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
   */
  async #served(behavior: Behavior, viewer: ViewerRequest): Promise<WholeResponse> {
    const { request, response: made } = await this.#functions.onRequest(behavior, viewer);
    if (request === undefined) {
      return made;
    }
    const fetched = await this.#fetch(behavior, request);
    const finished = await this.#finished(request, fetched);
    return fetched.response.status < 400
      ? await this.#functions.onResponse(behavior, request, finished)
      : finished;
  }

  async #finished(request: ViewerRequest, fetched: Fetched): Promise<WholeResponse> {
    const { response, xCache, ageSeconds } = await this.#withErrorPage(request, fetched);
    const headers = {
      ...response.headers,
      "x-cache": xCache,
      ...(ageSeconds !== undefined && { age: String(ageSeconds) }),
    };
    return forViewer(request, { ...response, headers });
  }

  #fetch(behavior: Behavior, request: ViewerRequest): Promise<Fetched> {
    const { customErrorResponses } = this.#deployed.config;
    return this.#origin.fetch({ behavior, request, customErrorResponses });
  }

  /**
   * Replaces an error of the origin, or a refused signature, by the page that is configured for it,
   * if that can be had without a signature.
   */
  async #withErrorPage(request: ViewerRequest, fetched: Fetched): Promise<Fetched> {
    const { config, behaviors } = this.#deployed;
    const { status } = fetched.response;
    const custom = config.customErrorResponses.find(({ errorCode }) => errorCode === status);
    if (custom?.responsePagePath === undefined) {
      return fetched;
    }
    const path = custom.responsePagePath;
    const behavior = behaviorFor(behaviors, path);
    if (behavior.trustedKeyGroupIds.length > 0) {
      return fetched;
    }
    const page = await this.#fetch(behavior, { ...request, method: "GET", path });
    if (page.response.status !== 200) {
      return fetched;
    }
    const response = { ...page.response, status: custom.responseCode ?? status };
    return { response, xCache: "Error from cloudfront" };
  }

  #edgeHeaders(id: string): Headers {
    return {
      via: `1.1 ${this.#edge}.cloudfront.net (CloudFront)`,
      "x-amz-cf-pop": "IAD89-C1",
      "x-amz-cf-id": id,
    };
  }
}
