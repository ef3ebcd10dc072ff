import { Agent } from "node:http";
import { notEmulated } from "../not-emulated";
import { isOwnAddress } from "../own-addresses";
import { exchange } from "./origin-exchange";
import { customOriginHeaders } from "./origin-headers";
import { OriginFailure } from "./origin-failure";
import { searchOf } from "./query";
import type { UnsignedRequest } from "./sign-origin-request";
import type {
  CustomOriginConfig,
  Headers,
  Origin,
  OriginCall,
  OriginClient,
  WholeResponse,
} from "./types";

/** A name or an IPv4 address, with the port or without. */
const hostAndPort = /^(localhost|[\d.]+)(?::(\d{1,5}))?$/;

/** @throws AwsError `NotImplemented` for a host that is not on this machine. */
export function serverOf({ domainName }: Origin): { host: string; port: number | undefined } {
  const [, host, port] = hostAndPort.exec(domainName) ?? [];
  if (host === undefined || !(host === "localhost" || isOwnAddress(host))) {
    throw notEmulated(
      `the origin ${domainName}: a server has to be the local cloud's, such as a function URL's`,
    );
  }
  return { host, port: port === undefined ? undefined : Number(port) };
}

export interface CustomOriginOptions {
  origin: Origin;
  custom: CustomOriginConfig;
  /** Names the edge location in the `Via` header. */
  edge: string;
  /** Signs requests in CloudFront's name (origin access control). @default nobody signs */
  sign?: ((request: UnsignedRequest) => Headers) | undefined;
}

/**
 * A server of the local cloud as an origin, such as a function URL. It is spoken to by HTTP even
 * where the configuration says HTTPS: the local cloud's servers have no certificates, and nothing
 * leaves the machine.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export class CustomOrigin implements OriginClient {
  readonly #options: CustomOriginOptions;
  readonly #host: string;
  readonly #port: number | undefined;
  readonly #agent = new Agent({ keepAlive: true });

  /** @throws AwsError `NotImplemented` for a host that is not on this machine. */
  constructor(options: CustomOriginOptions) {
    const { host, port } = serverOf(options.origin);
    this.#options = options;
    this.#host = host;
    this.#port = port;
  }

  async ask(call: OriginCall): Promise<WholeResponse> {
    const { connectionAttempts, completionTimeoutSeconds = 0 } = this.#options.custom;
    const deadline =
      completionTimeoutSeconds > 0
        ? AbortSignal.timeout(completionTimeoutSeconds * 1000)
        : undefined;
    // OPTIONS is not repeated.
    const attempts = call.method === "GET" ? connectionAttempts : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(call, deadline);
      } catch (error) {
        const isLast = attempt >= attempts || deadline?.aborted === true;
        if (isLast || !(error instanceof OriginFailure)) {
          throw error;
        }
      }
    }
  }

  /** Cuts the connections that nobody uses; those in use end by themselves. */
  retire(): void {
    for (const socket of Object.values(this.#agent.freeSockets).flat()) {
      socket?.destroy();
    }
  }

  /** Cuts all connections. */
  close(): void {
    this.#agent.destroy();
  }

  #attempt(call: OriginCall, deadline: AbortSignal | undefined): Promise<WholeResponse> {
    const { origin, custom, edge, sign } = this.#options;
    const { method } = call;
    const { domainName: host, originPath, customHeaders = [] } = origin;
    const url = `${originPath}${call.path}${searchOf(call.query)}`;
    const headers = customOriginHeaders(call, { host, edge, customHeaders });
    return exchange({
      ...custom,
      host: this.#host,
      port: this.#port ?? this.#configuredPort(call),
      method,
      url,
      headers: sign ? sign({ method, url, headers }) : headers,
      agent: this.#agent,
      deadline,
    });
  }

  #configuredPort({ secure }: OriginCall): number {
    const { protocolPolicy, httpPort, httpsPort } = this.#options.custom;
    const isHttps = protocolPolicy === "match-viewer" ? secure : protocolPolicy === "https-only";
    return isHttps ? httpsPort : httpPort;
  }
}
