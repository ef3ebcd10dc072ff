import { join } from "node:path";
import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import { loopback } from "../http";
import { RememberedPorts } from "../remembered-ports";
import type { Service, ServiceOptions } from "../types";
import { checkDistribution } from "./check-distribution";
import { loadCertificate } from "./certificate";
import type { Certificate } from "./certificate";
import { Distribution } from "./distribution";
import { Listener } from "./listener";
import { Policies } from "./policies";
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
  /** By the ids of distributions, which need not exist yet. */
  readonly #openPorts = new Map<string, Promise<number>>();
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
   * The domain that a distribution has or will have: `127.0.0.1` and a port, since no
   * `….cloudfront.net` name would lead to this machine. Programs put `https://` in front of either.
   */
  async domainNameOf(id: string): Promise<string> {
    return `${loopback}:${await this.#open(id)}`;
  }

  /**
   * Creates a distribution and serves it at once, where AWS takes minutes.
   *
   * @throws AwsError for a configuration that CloudFront refuses or that is not emulated.
   */
  async createDistribution(id: string, config: DistributionConfig): Promise<void> {
    checkDistribution(config);
    const { account, origin, clock } = this.#options;
    const arn = globalArn(account, "cloudfront", `distribution/${id}`);
    const { policies } = this;
    const distribution = new Distribution({ arn, config, account, policies, origin, clock });
    this.#ports.set(id, await this.#open(id));
    this.#distributions.set(id, distribution);
  }

  /** Deletes a distribution; one that is gone already is no error. */
  deleteDistribution(id: string): void {
    this.#distributions.delete(id);
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

  #open(id: string): Promise<number> {
    const port = this.#openPorts.get(id) ?? this.#listen(id);
    this.#openPorts.set(id, port);
    return port;
  }

  async #listen(id: string): Promise<number> {
    const respond = viewerServer(() => this.#distributions.get(id), this.#options.notify);
    const listener = new Listener(this.#started, respond);
    this.#listeners.push(listener);
    return await listener.start(this.#ports.get(id));
  }

  get #started(): Certificate {
    if (this.#certificate === undefined) {
      throw new Error("CloudFront has not been started");
    }
    return this.#certificate;
  }
}
