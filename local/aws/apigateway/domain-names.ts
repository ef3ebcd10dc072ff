import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadCertificate } from "../cloudfront/certificate";
import { Listener } from "../cloudfront/listener";
import { loopbackHost, type Host } from "../http";
import { RememberedPorts } from "../remembered-ports";
import { badRequest, conflict, notFound } from "./errors";
import { byStage, type Place } from "./locate";
import { parseTarget } from "./pipeline/begin-exchange";
import { serve, type ServeServices } from "./pipeline/serve";
import type { RestApi } from "./state";

/** That an API is served under a path of a domain name. */
export interface BasePathMapping {
  /** The first part of the path, such as `v1`; empty for all paths that no other mapping has. */
  basePath: string;
  restApiId: string;
  /** Left out, the next part of the path says which. */
  stageName?: string | undefined;
}

/** What is shown of a domain name, and changes nothing of what it serves. */
export interface DomainNameSettings {
  regionalCertificateArn: string;
  /** What the name has to lead to. */
  regionalDomainName: string;
  /** Of that, for alias records. */
  regionalZoneId: string;
  securityPolicy: string;
  tags: Readonly<Record<string, string>>;
}

/** A domain name with its mappings. */
export interface DomainName {
  name: string;
  settings: DomainNameSettings;
  mappings: readonly BasePathMapping[];
}

export interface DomainNamesOptions {
  /** Folder for what is kept over restarts. */
  dataDir: string;
  notify: (line: string) => void;
  host?: Host;
  services: ServeServices;
  findApi: (id: string) => RestApi | undefined;
  /** Lets clients trust the authority of a certificate, as PEM. @default they do not */
  trust?: ((ca: string) => void) | undefined;
}

interface Domain {
  settings: DomainNameSettings;
  /** By base path. */
  mappings: Map<string, BasePathMapping>;
}

/**
 * Domain names of one's own for REST APIs, each on a port of its own that speaks HTTPS and HTTP. No resolver leads
 * such a name here: clients are told the port, or say the name by the header `Host`.
 */
export class DomainNames {
  readonly #options: DomainNamesOptions;
  readonly #ports: RememberedPorts;
  /** By domain name. */
  readonly #domains = new Map<string, Domain>();
  /** By name; they need not exist yet. */
  readonly #open = new Map<string, Promise<number>>();
  readonly #listeners: Listener[] = [];

  constructor(options: DomainNamesOptions) {
    this.#options = options;
    this.#ports = new RememberedPorts(join(options.dataDir, "domain-ports.json"));
  }

  /** Host that a name has to lead to: `127.0.0.1` and a port, as no name of AWS would lead to this machine. */
  async targetOf(name: string): Promise<string> {
    const port = this.#open.get(name) ?? this.#listen(name);
    this.#open.set(name, port);
    return `${this.#host.name}:${await port}`;
  }

  /** @throws AwsError `ConflictException`. */
  create(name: string, settings: DomainNameSettings): void {
    if (this.#domains.has(name)) {
      throw conflict("The domain name you provided already exists.");
    }
    this.#domains.set(name, { settings, mappings: new Map() });
  }

  /** @throws AwsError `NotFoundException`. */
  update(name: string, settings: DomainNameSettings): void {
    this.#domain(name).settings = settings;
  }

  all(): DomainName[] {
    return [...this.#domains].map(([name, { settings, mappings }]) => ({
      name,
      settings,
      mappings: [...mappings.values()],
    }));
  }

  delete(name: string): void {
    this.#domains.delete(name);
  }

  /**
   * Maps a path, or changes what it is mapped to.
   *
   * @throws AwsError `NotFoundException` or `BadRequestException`.
   */
  map(name: string, mapping: BasePathMapping): void {
    const { mappings } = this.#domain(name);
    const api = this.#options.findApi(mapping.restApiId);
    if (!api || (mapping.stageName !== undefined && !api.stages.has(mapping.stageName))) {
      throw badRequest("Invalid stage identifier specified");
    }
    mappings.set(mapping.basePath, mapping);
  }

  unmap(name: string, basePath: string): void {
    this.#domains.get(name)?.mappings.delete(basePath);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.stop()));
  }

  #domain(name: string): Domain {
    const domain = this.#domains.get(name);
    if (!domain) {
      throw notFound("Invalid domain name identifier specified");
    }
    return domain;
  }

  async #listen(name: string): Promise<number> {
    const { services, notify, dataDir, trust } = this.#options;
    const certificate = await loadCertificate(join(dataDir, "names", name), this.#host.name, name);
    trust?.(readFileSync(certificate.caFile, "utf8"));
    const listener = new Listener((message, response) => {
      serve(services, (url) => this.#locate(name, url), message, response);
    }, certificate);
    this.#listeners.push(listener);
    const title = `the domain name ${name}`;
    const port = await listener.start({
      port: this.#ports.get(name),
      title,
      host: this.#host,
      notify,
    });
    this.#ports.set(name, port);
    return port;
  }

  /** The most specific mapping decides; what follows its path is left for the API. */
  #locate(name: string, url: string): Place | undefined {
    const mappings = this.#domains.get(name)?.mappings;
    const [, first = "", rest = ""] = /^\/([^/?]*)(.*)$/.exec(url) ?? [];
    const named = first === "" ? undefined : mappings?.get(first);
    const mapping = named ?? mappings?.get("");
    const api = mapping && this.#options.findApi(mapping.restApiId);
    const left = named ? rest : url;
    if (!api || mapping.stageName === undefined) {
      return byStage(api, left);
    }
    const stage = api.stages.get(mapping.stageName);
    const target = parseTarget(`/${mapping.stageName}${left}`);
    const rawPath = url.replace(/\?.*$/, "");
    return stage && { api, stage, target: { ...target, rawPath, toldPath: rawPath } };
  }

  get #host(): Host {
    return this.#options.host ?? loopbackHost;
  }
}
