import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import type { Acm } from "../acm/acm";
import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import { loopbackHost, type Host } from "../http";
import type { Authenticator, Authorizer } from "../iam/types";
import { RememberedPorts } from "../remembered-ports";
import { ServicePort } from "../service-port";
import type { LogSink, Service, ServiceOptions } from "../types";
import type { Waf } from "../waf/waf";
import { cloudfrontApi } from "./api";
import { checkDistribution } from "./check-distribution";
import { checkReferences } from "./check-references";
import { loadCertificate } from "./certificate";
import type { Certificate } from "./certificate";
import { DeclaredFunctions, type FunctionDefinition } from "./declared-functions";
import { Distribution } from "./distribution";
import type { DistributionView } from "./distribution-xml";
import type { Invalidation, InvalidationRequest, Invalidations } from "./invalidations";
import { Listener } from "./listener";
import { NamedCertificates } from "./named-certificates";
import type { SigningCredentials } from "./origins";
import { Policies } from "./policies";
import type { DistributionConfig, ObjectStore } from "./types";
import { viewerServer } from "./viewer-server";

type Tags = Readonly<Record<string, string>>;

/** What a distribution listens on. */
interface OpenPorts {
  /** In place of CloudFront's ports 443 and 80. */
  port: number;
  /** For HTTP that counts as HTTPS. */
  plainPort: number;
}

export interface CloudFrontOptions extends ServiceOptions {
  origin: ObjectStore;
  authenticator: Authenticator;
  authorizer: Authorizer;
  /** Makes what requests to function URLs are signed with, on behalf of a distribution. */
  credentials: SigningCredentials;
  /** Takes what functions log. Default: it is dropped. */
  logs?: LogSink;
  /** Certificates for names of one's own. */
  acm: Acm;
  /** Asked before anything is done about a request, where a distribution has a web ACL. */
  waf: Waf;
}

/**
 * Serves buckets and servers of the local cloud to viewers: each distribution by HTTPS and HTTP on a
 * port of its own, and by HTTP that counts as HTTPS on another.
 *
 * Not emulated: access logs, Lambda@Edge, key-value stores, trusted signers, legacy cache settings, methods that write, origins on the internet, and HTTP/2.
 */
export class CloudFront implements Service {
  /** What distributions refer to by id. */
  readonly policies: Policies;
  readonly functions: DeclaredFunctions;
  readonly #options: CloudFrontOptions;
  readonly #api: ServicePort;
  readonly #ports: RememberedPorts;
  readonly #distributions = new Map<string, Distribution>();
  readonly #listeners: Listener[] = [];
  /** By the ids of distributions, which need not exist yet. */
  readonly #open = new Map<string, Promise<OpenPorts>>();
  readonly #names: NamedCertificates;
  /** By the ids of distributions that exist. */
  readonly #served = new Map<string, OpenPorts>();
  #certificate: Certificate | undefined;

  constructor(options: CloudFrontOptions) {
    this.#options = options;
    this.policies = new Policies(() => {
      this.#distributions.forEach((each) => {
        each.refresh();
      });
    }, options.clock);
    this.functions = new DeclaredFunctions(options.clock);
    const api = createServer(cloudfrontApi(options, this));
    this.#api = new ServicePort(api, "api", "CloudFront", options);
    this.#names = new NamedCertificates(
      join(options.dataDir, "names"),
      this.#host.name,
      () => this.caFile,
    );
    this.#ports = new RememberedPorts(join(options.dataDir, "ports.json"));
  }

  /** Answers requests of SDKs that arrived elsewhere. */
  get answer(): RequestListener {
    return this.#api.answer;
  }

  /** Endpoint of the API, for SDKs. */
  get url(): string {
    return this.#api.url;
  }

  /** Path of the PEM file that viewers have to trust. It stays the same over restarts. */
  get caFile(): string {
    return this.#started.caFile;
  }

  /**
   * Where each distribution answers by plain HTTP what it answers by HTTPS at its domain name: for
   * browsers that do not trust {@link caFile}. By domain names.
   */
  get plainUrls(): Readonly<Record<string, string>> {
    const urls = [...this.#served.values()].map(
      (ports) => [this.#domainOf(ports), `http://${this.#host.name}:${ports.plainPort}`] as const,
    );
    return Object.fromEntries(urls);
  }

  async start(): Promise<void> {
    this.#certificate = await loadCertificate(this.#options.dataDir, this.#host.name);
    await this.#api.open();
  }

  async stop(): Promise<void> {
    await this.#api.close();
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
    return this.#domainOf(await this.#portsOf(id));
  }

  /**
   * Creates a distribution, or changes one, and serves it at once, where AWS takes minutes.
   *
   * @throws AwsError for a configuration that CloudFront refuses or that is not emulated.
   */
  async createDistribution(id: string, config: DistributionConfig, tags: Tags = {}): Promise<void> {
    checkDistribution(config);
    const others = [...this.#distributions].filter(([otherId]) => otherId !== id);
    checkReferences(config, { ...this.#options, others: others.map(([, other]) => other) });
    await this.#names.certify(config.aliases ?? []);
    const existing = this.#distributions.get(id);
    if (existing !== undefined) {
      existing.update(config);
      existing.modifiedAt = this.#options.clock();
      existing.tags = tags;
      return;
    }
    const { account, origin: store, credentials, clock, notify, logs, waf } = this.#options;
    const { policies } = this;
    const ports = await this.#portsOf(id);
    const domainName = this.#domainOf(ports);
    const options = {
      id,
      domainName,
      arn: this.#arnOf(id),
      account,
      policies,
      store,
      credentials,
      clock,
      notify,
      waf,
      ...(logs && { logs }),
    };
    const distribution = new Distribution(config, options);
    distribution.tags = tags;
    this.#ports.set(id, ports.port);
    this.#ports.set(plainId(id), ports.plainPort);
    this.#served.set(id, ports);
    this.#distributions.set(id, distribution);
  }

  /** Deletes a distribution; one that is gone already is no error. */
  deleteDistribution(id: string): void {
    this.#served.delete(id);
    this.#distributions.get(id)?.close();
    this.#distributions.delete(id);
  }

  /** Deletes a key group. @throws AwsError `ResourceInUse` while a distribution trusts it. */
  deleteKeyGroup(id: string): void {
    const user = this.#idOf((each) => each.trusts(id));
    if (user !== undefined) {
      const message = `The key group ${id} is used by the distribution ${user}`;
      throw new AwsError("ResourceInUse", message, 409);
    }
    this.policies.keyGroups.delete(id);
  }

  /** Creates a function, or changes one. Distributions run what is published of it. */
  createFunction(definition: FunctionDefinition): void {
    this.functions.put(definition);
    if (definition.publish) {
      this.policies.functions.set(definition.arn, definition.code);
    }
  }

  /** The id of a distribution that runs this function, if any does. */
  runnerOf(functionArn: string): string | undefined {
    return this.#idOf((each) => each.runs(functionArn));
  }

  /** Deletes a function. @throws AwsError `FunctionInUse` while a distribution runs it. */
  deleteFunction(arn: string): void {
    const user = this.runnerOf(arn);
    if (user !== undefined) {
      const message = `The function ${arn} is used by the distribution ${user}`;
      throw new AwsError("FunctionInUse", message, 409);
    }
    this.policies.functions.delete(arn);
    this.functions.delete(arn);
  }

  /**
   * Forgets what is cached under paths such as `/index.html` or `/images/*`, at once; the
   * invalidation is in progress for a few seconds all the same.
   *
   * @throws AwsError `NoSuchDistribution`, or what is wrong with the paths.
   */
  createInvalidation(distributionId: string, request: InvalidationRequest): Invalidation {
    return this.#find(distributionId).createInvalidation(request);
  }

  /** Lets who trusts {@link caFile} trust another authority, too. @param ca PEM. */
  trust(ca: string): void {
    this.#names.trust(ca);
  }

  /** All distributions, as the API shows them. */
  declared(): DistributionView[] {
    return [...this.#distributions.keys()].map((id) => this.distribution(id));
  }

  /** @throws AwsError `NoSuchDistribution`. */
  invalidationsOf(id: string): Pick<Invalidations, "all" | "get"> {
    return this.#find(id).invalidations;
  }

  /** The tags of a distribution or a function, if it exists. */
  tagsOf(arn: string): Tags | undefined {
    const id = [...this.#distributions.keys()].find((each) => this.#arnOf(each) === arn);
    return id === undefined ? this.functions.find(arn)?.tags : this.#find(id).tags;
  }

  /** The id of the first distribution that passes. */
  #idOf(passes: (distribution: Distribution) => boolean): string | undefined {
    return [...this.#distributions].find(([, each]) => passes(each))?.[0];
  }

  #find(id: string): Distribution {
    const distribution = this.#distributions.get(id);
    if (distribution === undefined) {
      throw new AwsError("NoSuchDistribution", "The specified distribution does not exist.", 404);
    }
    return distribution;
  }

  /** @throws AwsError `NoSuchDistribution`. */
  distribution(id: string): DistributionView {
    const { config, modifiedAt, invalidations } = this.#find(id);
    const ports = this.#served.get(id);
    return {
      id,
      arn: this.#arnOf(id),
      domainName: ports ? this.#domainOf(ports) : "",
      modifiedAt,
      invalidations: invalidations.all().filter(({ status }) => status === "InProgress").length,
      config,
    };
  }

  #arnOf(id: string): string {
    return globalArn(this.#options.account, "cloudfront", `distribution/${id}`);
  }

  #portsOf(id: string): Promise<OpenPorts> {
    const ports = this.#open.get(id) ?? this.#listen(id);
    this.#open.set(id, ports);
    return ports;
  }

  async #listen(id: string): Promise<OpenPorts> {
    const { notify, recorder } = this.#options;
    const host = this.#host;
    const find = () => this.#distributions.get(id);
    const listener = new Listener(
      viewerServer({ find, notify, recorder }),
      this.#started,
      (serverName) => this.#names.get(serverName),
    );
    this.#listeners.push(listener);
    const title = `the distribution ${id}`;
    const port = await listener.start({ port: this.#ports.get(id), title, host, notify });
    const secureHost = `${host.name}:${port}`;
    const plain = new Listener(viewerServer({ find, notify, recorder, secureHost }));
    this.#listeners.push(plain);
    const plainPort = await plain.start({
      port: this.#ports.get(plainId(id)),
      title,
      host,
      notify,
    });
    return { port, plainPort };
  }

  get #host(): Host {
    return this.#options.host ?? loopbackHost;
  }

  #domainOf({ port }: OpenPorts): string {
    return `${this.#host.name}:${port}`;
  }

  get #started(): Certificate {
    if (this.#certificate === undefined) {
      throw new Error("CloudFront has not been started");
    }
    return this.#certificate;
  }
}

/** What the second port of a distribution is remembered by. */
function plainId(id: string): string {
  return `${id}/plain`;
}
