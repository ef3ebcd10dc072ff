import { randomBytes } from "node:crypto";
import type { Account } from "../types";
import { behaviorFor, behaviorsOf } from "./behavior";
import type { Behavior } from "./behavior";
import { CachedOrigin } from "./cached-origin";
import type { Fetched } from "./cached-origin";
import { errorPage, redirectToHttps } from "./error-page";
import { matchesPath } from "./path-pattern";
import type { Policies } from "./policies";
import { applyPolicy } from "./response-headers";
import type {
  DistributionConfig,
  Headers,
  ObjectStore,
  ViewerRequest,
  WholeResponse,
} from "./types";
import { forViewer } from "./viewer-response";

export interface DistributionOptions {
  arn: string;
  config: DistributionConfig;
  account: Account;
  policies: Policies;
  origin: ObjectStore;
  clock: () => Date;
}

/** Answers the requests of viewers by a distribution's configuration. */
export class Distribution {
  readonly #config: DistributionConfig;
  readonly #behaviors: readonly Behavior[];
  readonly #origin: CachedOrigin;
  /** Names the edge location in the `Via` header. */
  readonly #edge = randomBytes(16).toString("hex");

  /** @throws AwsError for a configuration that CloudFront refuses or that is not emulated. */
  constructor(options: DistributionOptions) {
    const { arn, config, account, policies, origin, clock } = options;
    const { customErrorResponses } = config;
    this.#config = config;
    this.#behaviors = behaviorsOf({ config, policies, account, distributionArn: arn });
    this.#origin = new CachedOrigin({ store: origin, clock, customErrorResponses });
  }

  async respond(viewer: ViewerRequest): Promise<WholeResponse> {
    const request = this.#withRootObject(viewer);
    const behavior = behaviorFor(this.#behaviors, request.path);
    const response = this.#refusal(behavior, viewer) ?? (await this.#served(behavior, request));
    const policy = behavior.responseHeadersPolicy;
    const headers = policy ? applyPolicy(policy, request, response.headers) : response.headers;
    return { ...response, headers: { ...headers, ...this.#edgeHeaders() } };
  }

  /** Forgets cached objects. @param paths with a leading slash; `*` at the end stands for the rest. */
  invalidate(paths: readonly string[]): void {
    this.#origin.invalidate((path) => paths.some((pattern) => matchesPath(pattern, path)));
  }

  #withRootObject(request: ViewerRequest): ViewerRequest {
    const { defaultRootObject } = this.#config;
    return request.path === "/" && defaultRootObject !== undefined
      ? { ...request, path: `/${defaultRootObject}` }
      : request;
  }

  /** What CloudFront answers without asking cache or origin. */
  #refusal(behavior: Behavior, request: ViewerRequest): WholeResponse | undefined {
    const { viewerProtocolPolicy, allowedMethods } = behavior;
    if (!this.#config.enabled) {
      return errorPage(403, "The distribution is disabled.");
    }
    if (!request.secure && viewerProtocolPolicy === "redirect-to-https") {
      const query = request.query.size > 0 ? `?${request.query.toString()}` : "";
      const location = `https://${request.headers.host ?? ""}${request.path}${query}`;
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

  async #served(behavior: Behavior, request: ViewerRequest): Promise<WholeResponse> {
    const fetched = await this.#origin.fetch(behavior, request);
    const { response, xCache, ageSeconds } = await this.#withErrorPage(request, fetched);
    const headers = {
      ...response.headers,
      "x-cache": xCache,
      ...(ageSeconds !== undefined && { age: String(ageSeconds) }),
    };
    return forViewer(request, { ...response, headers });
  }

  /** Replaces an error of the origin by the page that is configured for it, if that can be had. */
  async #withErrorPage(request: ViewerRequest, fetched: Fetched): Promise<Fetched> {
    const { status } = fetched.response;
    const custom = this.#config.customErrorResponses.find(({ errorCode }) => errorCode === status);
    if (custom?.responsePagePath === undefined) {
      return fetched;
    }
    const path = custom.responsePagePath;
    const pageRequest = { ...request, method: "GET", path };
    const page = await this.#origin.fetch(behaviorFor(this.#behaviors, path), pageRequest);
    if (page.response.status !== 200) {
      return fetched;
    }
    const response = { ...page.response, status: custom.responseCode ?? status };
    return { response, xCache: "Error from cloudfront" };
  }

  #edgeHeaders(): Headers {
    return {
      via: `1.1 ${this.#edge}.cloudfront.net (CloudFront)`,
      "x-amz-cf-pop": "IAD89-C1",
      "x-amz-cf-id": `${randomBytes(40).toString("base64url")}==`,
    };
  }
}
