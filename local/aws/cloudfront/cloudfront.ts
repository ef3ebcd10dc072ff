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
import type { SigningCredentials } from "./origins";
import { Policies } from "./policies";
import type { DistributionConfig, ObjectStore } from "./types";
import { viewerServer } from "./viewer-server";

export interface CloudFrontOptions extends ServiceOptions {
  origin: ObjectStore;
  /** Makes what requests to function URLs are signed with, on behalf of a distribution. */
  credentials: SigningCredentials;
}

/**
 * Serves buckets to viewers, each distribution by HTTPS and HTTP on a port of its own.
 *
 * Not emulated: access logs, web ACLs, functions at the edge, signed URLs, aliases.
 */
export class CloudFront implements Service {
  /** What distributions refer to by id. */
  readonly policies = new Policies(() => {
    for (const distribution of this.#distributions.values()) {
      distribution.refresh();
    }
  });
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
    for (const distribution of this.#distributions.values()) {
      distribution.close();
    }
  }

  /**
   * The domain that a distribution has or will have: `127.0.0.1` and a port, since no
   * `….cloudfront.net` name would lead to this machine. Programs put `https://` in front of either.
   */
  async domainNameOf(id: string): Promise<string> {
    return `${loopback}:${await this.#open(id)}`;
  }

  /**
   * Creates a distribution, or changes one, and serves it at once, where AWS takes minutes.
   *
   * @throws AwsError for a configuration that CloudFront refuses or that is not emulated.
   */
  async createDistribution(id: string, config: DistributionConfig): Promise<void> {
    checkDistribution(config);
    const existing = this.#distributions.get(id);
    if (existing !== undefined) {
      existing.update(config);
      return;
    }
    const { account, origin: store, credentials, clock, notify } = this.#options;
    const { policies } = this;
    const arn = globalArn(account, "cloudfront", `distribution/${id}`);
    const options = { arn, account, policies, store, credentials, clock, notify };
    const distribution = new Distribution(config, options);
    this.#ports.set(id, await this.#open(id));
    this.#distributions.set(id, distribution);
  }

  /** Deletes a distribution; one that is gone already is no error. */
  deleteDistribution(id: string): void {
    this.#distributions.get(id)?.close();
    this.#distributions.delete(id);
  }

  /** Deletes a key group. @throws AwsError `ResourceInUse` while a distribution trusts it. */
  deleteKeyGroup(id: string): void {
    const inUse = [...this.#distributions].find(([, distribution]) => distribution.trusts(id));
    if (inUse !== undefined) {
      const message = `The key group ${id} is used by the distribution ${inUse[0]}`;
      throw new AwsError("ResourceInUse", message, 409);
    }
    this.policies.keyGroups.delete(id);
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
    const { notify } = this.#options;
    const respond = viewerServer({ find: () => this.#distributions.get(id), notify });
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
