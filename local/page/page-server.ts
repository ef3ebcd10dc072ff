import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { AwsError } from "../aws/aws-error";
import { everyAddress, loopback } from "../aws/http";
import { ownAddresses } from "../aws/own-addresses";
import { ServicePort, type ServicePortOptions } from "../aws/service-port";
import { localFolder } from "../folder";
import { messageOf } from "../message-of";
import { ApiError, notFound } from "./api-error";
import { answerApi, type ApiRoute } from "./api-routes";
import type { ApiProblem } from "./api/types";
import { pageDocument, startingDocument, startingScript } from "./document";
import { EventStream, type EventSource } from "./event-stream";
import { guard } from "./guards";
import { pagePolicy, securityHeaders, startingPolicy } from "./security-headers";
import { UiBundle, uiFiles } from "./ui-bundle";

/** What the page's server is made with. */
export interface PageServerOptions extends ServicePortOptions {
  /** The folder of the program's views: `*.tsx`, each of which exports a `view`. There need be none. */
  viewsDir: string;
  /** The folder of the page's own code. `@default` that of this project */
  uiDir?: string;
}

/** What the page shows of a run. */
export interface PageContent {
  /** The page's title until a view has given it one. */
  title: string;
  routes: readonly ApiRoute[];
  events: readonly EventSource[];
  /** Origins of the run's services, which views may call. */
  serviceOrigins: readonly string[];
}

const types = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json",
} as const;

/**
 * Serves a page that shows what the local run does, to this machine alone unless asked.
 *
 * It keeps its address over restarts. Until somebody asks it for something, it is a listening socket
 * and no more: the page is bundled at its first request, and what happens is watched only while one is
 * open.
 */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #port: ServicePort;
  readonly #token = randomBytes(24).toString("base64url");
  readonly #bundle: UiBundle;
  #content: PageContent | undefined;
  readonly #runId = randomUUID();
  readonly #events = new EventStream(this.#runId);

  constructor(options: PageServerOptions) {
    this.#options = options;
    const { dataDir, viewsDir, uiDir = join(localFolder, "page", "ui") } = options;
    this.#bundle = new UiBundle({ uiDir, viewsDir, outDir: join(dataDir, "bundle") });
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.#fail(error, response);
      });
    });
    this.#port = new ServicePort(server, "page", "the page", options);
  }

  /** Where the page is, once the server has started. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    await this.#port.open();
  }

  /** Shows a run from now on; when its stack has been deployed anew, once more, which open pages are told. */
  show(content: PageContent): void {
    const isAnew = this.#content !== undefined;
    this.#content = content;
    this.#events.watch(content.events);
    if (isAnew) {
      this.#events.send("stack", { at: new Date().toISOString() });
    }
  }

  async stop(): Promise<void> {
    this.#events.close();
    await this.#port.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) {
      response.setHeader(name, value);
    }
    guard(request, { hosts: this.#hosts(), token: this.#token });
    // What a client sends as a path may be no path of a URL at all.
    const url = URL.parse(`http://page${request.url ?? ""}`);
    if (url?.host !== "page") {
      throw notFound("There is nothing at that path.");
    }
    const content = this.#content;
    if (content === undefined) {
      response.setHeader("retry-after", "1");
      if (url.pathname === "/") {
        const policy = startingPolicy(startingScript);
        response.writeHead(503, documentHeaders(policy)).end(startingDocument());
        return;
      }
      throw new ApiError(503, "Starting", "The run is still starting: try again in a second.");
    }
    if (url.pathname === "/api/events") {
      this.#events.add(response);
    } else if (url.pathname.startsWith("/api/")) {
      await answerApi(content.routes, url, request, response);
    } else {
      await this.#sendPage(content, url.pathname, response);
    }
  }

  /** Names and addresses that lead to the page and to no other machine. */
  #hosts(): ReadonlySet<string> {
    const { host, port } = new URL(this.url);
    const isEverywhere = this.#options.host?.address === everyAddress;
    const names = [loopback, "localhost", ...(isEverywhere ? ownAddresses() : [])];
    return new Set([host, ...names.map((name) => `${name}:${port}`)]);
  }

  async #sendPage(content: PageContent, path: string, response: ServerResponse): Promise<void> {
    if (path === "/") {
      await this.#bundle.refresh();
      const { title, serviceOrigins } = content;
      response
        .writeHead(200, documentHeaders(pagePolicy(serviceOrigins)))
        .end(pageDocument({ title, token: this.#token, runId: this.#runId }));
      return;
    }
    const file = uiFiles.find((name) => path === `/${name}`);
    if (file === undefined) {
      throw notFound(`The page has no file ${path}.`);
    }
    await this.#bundle.refresh();
    const type = types[file.slice(file.lastIndexOf(".")) as keyof typeof types];
    response.writeHead(200, { "content-type": type }).end(this.#bundle.read(file));
  }

  #fail(error: unknown, response: ServerResponse): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem = problemOf(error);
    if (problem.status === 500) {
      this.#options.notify(`The page failed: ${problem.message}`);
    }
    const { status, code, message } = problem;
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ error: message, code } satisfies ApiProblem));
  }
}

function documentHeaders(policy: string): Record<string, string> {
  return { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
}

/** What the client is told: what a service refuses, in its words. */
function problemOf(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof AwsError && error.statusCode < 500) {
    return new ApiError(error.statusCode, error.code, error.message);
  }
  return new ApiError(500, "InternalError", messageOf(error));
}
