import { join } from "node:path";
import { AwsError } from "../aws-error";
import { loopback } from "../http";
import type { Service, ServiceOptions } from "../types";
import { loadCertificate } from "./certificate";
import type { Certificate } from "./certificate";
import { Distribution } from "./distribution";
import { Listener } from "./listener";
import { Policies } from "./policies";
import { RememberedPorts } from "./remembered-ports";
import type { DistributionConfig, ObjectStore } from "./types";
import { viewerServer } from "./viewer-server";

export interface CloudFrontOptions extends ServiceOptions {
  origin: ObjectStore;
}

/**
 * Serves buckets to viewers, each distribution by HTTPS and HTTP on a port of its own.
 *
 * Not emulated: access logs, web ACLs, functions at the edge, signed URLs, aliases.
 */
export class CloudFront implements Service {
  /** What distributions refer to by id. */
  readonly policies = new Policies();
  readonly #options: CloudFrontOptions;
  readonly #ports: RememberedPorts;
  readonly #distributions = new Map<string, Distribution>();
  readonly #listeners: Listener[] = [];
  #certificate: Certificate | undefined;

  constructor(options: CloudFrontOptions) {
    this.#options = options;
    this.#ports = new RememberedPorts(join(options.dataDir, "ports.json"));
  }

  /** Path of the PEM file that viewers have to trust. It stays the same over restarts. */
  get caFile(): string {
    return this.#started.caFile;
  }

  async start(): Promise<void> {
    this.#certificate = await loadCertificate(this.#options.dataDir);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.stop()));
  }

  /**
   * Creates a distribution and serves it at once, where AWS takes minutes.
   *
   * @returns among others its domain: `127.0.0.1` and the port, since no `….cloudfront.net` name
   * would lead to this machine. Programs put `https://` in front of either.
   * @throws AwsError for a configuration that CloudFront refuses or that is not emulated.
   */
  async createDistribution(
    id: string,
    config: DistributionConfig,
  ): Promise<{ arn: string; domainName: string }> {
    const { account, origin, clock, notify } = this.#options;
    const arn = `arn:${account.partition}:cloudfront::${account.accountId}:distribution/${id}`;
    const { policies } = this;
    const distribution = new Distribution({ arn, config, account, policies, origin, clock });
    const listener = new Listener(this.#started, viewerServer(distribution, notify));
    const port = await listener.start(this.#ports.get(id));
    this.#listeners.push(listener);
    this.#ports.set(id, port);
    this.#distributions.set(id, distribution);
    return { arn, domainName: `${loopback}:${port}` };
  }

  /**
   * Forgets what is cached under `paths`, such as `/index.html` or `/images/*`.
   *
   * @throws AwsError `NoSuchDistribution`.
   */
  invalidate(id: string, paths: readonly string[]): void {
    const distribution = this.#distributions.get(id);
    if (distribution === undefined) {
      throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
    }
    distribution.invalidate(paths);
  }

  get #started(): Certificate {
    if (this.#certificate === undefined) {
      throw new Error("CloudFront has not been started");
    }
    return this.#certificate;
  }
}
