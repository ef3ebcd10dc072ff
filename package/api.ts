import * as pulumi from "@pulumi/pulumi";
import { Api as StackApi } from "../components/api/api";
import type { StackConfig } from "../components/config/stack-config";
import { withAbsoluteFiles } from "./plugin-files";
import { imageReferences, type ImageEdgeInfo, storedData, type StorageInfo } from "./references";
import { readSettings } from "./settings";
import type { UserArgs } from "./users";

/** Arguments of `Api`; defaults are those of the stack's config. */
export interface ApiArgs extends UserArgs {
  /** What is kept: Storage's data. */
  storage: pulumi.Input<StorageInfo>;
  /** Where renditions are served: ImageEdge's info. */
  images: pulumi.Input<ImageEdgeInfo>;
  /** Where results are served, without a slash at the end: Edge's url. */
  resultsUrl: pulumi.Input<string>;
  /** As ImageEdge has them. */
  presets?: string[];
  /** As ImageEdge has it. */
  presetsOnly?: boolean;
  /** As ImageEdge has them. */
  publicPresets?: string[];
  /** As ImageEdge has it. */
  watermark?: string;
  /** Largest image that POST /images accepts, in bytes. Default 4194304. */
  maxUploadBytes?: number;
  /** Largest image that is accepted by a form of POST /uploads, in bytes. Default 104857600. */
  maxDirectUploadBytes?: number;
  /** Most pixels that an image may have. Default 100000000. */
  maxImagePixels?: number;
  /** Whether GPS positions and names of places are removed from images before they are stored. Default false. */
  stripLocation?: boolean;
  /** Seconds for which a signed URL may be asked for. Default 86400. */
  maxUrlSeconds?: number;
  /** Seconds within which equal requests for a signed URL are given equal URLs. Default 900. */
  urlWindowSeconds?: number;
  /** Origins of pages that may read answers. Default all. */
  allowedOrigins?: string[];
  /** Names of the API keys; the first is the output apiKey, all are accepted. Default one. */
  apiKeys?: string[];
  /** Requests that an API key may make in a day. Default 1000. */
  dailyRequestQuota?: number;
  /** Requests per second in the long run. Default 100. */
  apiThrottleRate?: number;
  /** Requests that may arrive at once. Default 200. */
  apiThrottleBurst?: number;
  /** Requests per second of an API key to POST /process in the long run. Default 10. */
  processThrottleRate?: number;
  /** Requests of an API key to POST /process that may arrive at once. Default 20. */
  processThrottleBurst?: number;
  /** Days for which logs are kept. Default 30. */
  logRetentionDays?: number;
  /** Whether requests and runs are traced by X-Ray. Default true. */
  xrayTracing?: boolean;
  /** Whether API Gateway publishes metrics of each method besides the stage's. Default false. */
  detailedMetrics?: boolean;
  /** Whether API Gateway logs each step of every request, and not only what failed. Default false. */
  detailedLogs?: boolean;
  /** Whether to set the role with which API Gateway writes logs, a setting of the whole region. Default true. */
  manageApiGatewayAccount?: boolean;
}

/**
 * The HTTP API: a REST API made of an OpenAPI document, a function for each operation, API keys with a
 * usage plan, logs, traces and metrics; where users are known, an authorizer that lets them in.
 */
export class Api extends pulumi.ComponentResource {
  /** Base of all routes, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** The first API key, secret. */
  readonly apiKey: pulumi.Output<string>;

  constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
    const { storage, images, resultsUrl, ...settings } = args;
    const config = readSettings(`Api ${name}`, settings);
    super("darkroom:index:Api", name, args, { ...opts, transformations: [withAbsoluteFiles] });
    const stored = storedData(storage, { hasUsers: config.users !== undefined });
    const { renditions, edgeUrl, signingKey } = imageReferences(images, stored);
    const made = new StackApi(
      name,
      {
        ...ofConfig(config),
        storage: stored,
        renditions,
        cdnUrl: resultsUrl,
        urls: { ...urlsOf(config), edgeUrl, signingKey },
      },
      { parent: this },
    );
    this.url = made.url;
    this.apiKey = made.apiKey;
    this.registerOutputs({ url: this.url, apiKey: this.apiKey });
  }
}

function urlsOf({ renditions, maxUrlSeconds, urlWindowSeconds }: StackConfig) {
  return { renditions, maxSeconds: maxUrlSeconds, windowSeconds: urlWindowSeconds };
}

function ofConfig(config: StackConfig) {
  return {
    maxUploadBytes: config.maxUploadBytes,
    maxDirectUploadBytes: config.maxDirectUploadBytes,
    maxImagePixels: config.maxImagePixels,
    stripLocation: config.stripLocation,
    allowedOrigins: config.allowedOrigins,
    users: config.users,
    logRetentionDays: config.logRetentionDays,
    tracing: config.xrayTracing,
    apiKeyNames: config.apiKeys,
    dailyRequestQuota: config.dailyRequestQuota,
    throttle: { rateLimit: config.apiThrottleRate, burstLimit: config.apiThrottleBurst },
    processThrottle: {
      rateLimit: config.processThrottleRate,
      burstLimit: config.processThrottleBurst,
    },
    detailedMetrics: config.detailedMetrics,
    detailedLogs: config.detailedLogs,
    manageAccount: config.manageApiGatewayAccount,
  };
}
