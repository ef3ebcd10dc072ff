import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readBody } from "../aws/http";
import { isObject } from "../is-object";
import { parseJson } from "../parse-json";
import { invalid, notFound } from "./api-error";

/** A request to the page's API. */
export interface ApiRequest {
  /** What stands in the path for the names in the route's braces, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Of a POST: the JSON object that it brings; an empty one if it brings none. */
  body: Readonly<Record<string, unknown>>;
}

/** An answer that is not JSON. */
export interface FileAnswer {
  headers: Record<string, string>;
  file: Uint8Array | Readable;
}

/** One thing that the page's API does. */
export interface ApiRoute {
  method: "GET" | "POST";
  /** As `/api/queues/{name}/redrive`. */
  path: string;
  /**
   * @returns what is sent as JSON, or a {@link FileAnswer}.
   * @throws ApiError
   */
  answer(request: ApiRequest): unknown;
}

/** The longest body that a POST may bring, in bytes. */
const maxBodyBytes = 64 * 1024;

/**
 * Answers a request to the API.
 *
 * @throws ApiError when there is no such route, or it refuses.
 */
export async function answerApi(
  routes: readonly ApiRoute[],
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method === "HEAD" ? "GET" : request.method;
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path, url.pathname) : undefined;
    if (params !== undefined) {
      const body = method === "POST" ? await bodyOf(request) : {};
      await send(response, await route.answer({ params, query: url.searchParams, body }));
      return;
    }
  }
  throw notFound(`The page's API has no ${request.method ?? ""} ${url.pathname}.`);
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const names = template.split("/");
  const segments = path.split("/");
  if (names.length !== segments.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? "";
    if (name.startsWith("{")) {
      params[name.slice(1, -1)] = decode(segment);
    } else if (name !== segment) {
      return undefined;
    }
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) {
      throw invalid(`${segment} is no percent-encoded text.`);
    }
    throw error;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === undefined) {
    throw invalid(`A body has at most ${maxBodyBytes} bytes.`);
  }
  const body = bytes.length === 0 ? {} : parseJson(bytes.toString());
  if (!isObject(body)) {
    throw invalid("A body is a JSON object.");
  }
  return body;
}

async function send(response: ServerResponse, answer: unknown): Promise<void> {
  if (!isFile(answer)) {
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify(answer ?? {}));
    return;
  }
  response.writeHead(200, answer.headers);
  if (answer.file instanceof Readable) {
    await pipeline(answer.file, response);
  } else {
    response.end(answer.file);
  }
}

function isFile(answer: unknown): answer is FileAnswer {
  return isObject(answer) && (answer.file instanceof Uint8Array || answer.file instanceof Readable);
}
