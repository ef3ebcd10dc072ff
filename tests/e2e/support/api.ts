import { strict as assert } from "node:assert";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import { noteAnswer } from "./made";
import type { Stack } from "./stack";

/** An answer of the API. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The body as it came. */
  bytes: Buffer;
  /** What the body says if it is JSON, and nothing otherwise. */
  body: Record<string, unknown>;
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer | FormData;
  /** Sent in place of the stack's credentials; `null` sends neither. */
  apiKey?: string | null;
}

const throttled = 429;
const maxAttempts = 60;

/** Calls the API once, whatever it answers; a redirect is an answer. */
export async function callOnce(stack: Stack, path: string, call: Call = {}): Promise<Answer> {
  stack.budget.spend();
  const { method = "GET" } = call;
  const body = Buffer.isBuffer(call.body) ? new Uint8Array(call.body) : call.body;
  const response = await fetch(`${stack.outputs.apiUrl}${path}`, {
    method,
    headers: { ...credentialsOf(stack, call), ...call.headers },
    ...(body === undefined ? {} : { body }),
    redirect: "manual",
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const { status, headers } = response;
  const isJson = headers.get("content-type") === "application/json" && bytes.length > 0;
  const parsed: unknown = isJson ? JSON.parse(bytes.toString("utf8")) : {};
  const answer = { status, headers, bytes, body: parsed as Record<string, unknown> };
  if (status < 300 && ["POST", "PUT"].includes(method)) {
    noteAnswer(stack.made, answer);
  }
  return answer;
}

function credentialsOf({ credentials }: Stack, { apiKey }: Call): Record<string, string> {
  if (apiKey === undefined) {
    return credentials;
  }
  return apiKey === null ? {} : { "x-api-key": apiKey };
}

/** Calls the API, again and again while it is throttled, as a well-behaved client does. */
export async function call(stack: Stack, path: string, options: Call = {}): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await callOnce(stack, path, options);
    if (answer.status !== throttled || attempt === maxAttempts) {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** POSTs `value` as JSON. */
export function postJson(
  stack: Stack,
  path: string,
  value: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(stack, path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof value === "string" ? value : JSON.stringify(value),
  });
}

/** Asserts the one error shape, its CORS header and its status. */
export function assertError(answer: Answer, status: number, code?: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
  assert.equal(typeof answer.body.error, "string");
  assert.match(String(answer.body.code), /^[A-Z][A-Za-z0-9]+$/);
  assert.match(String(answer.body.requestId), /^[0-9a-f-]{36}$/);
  if (code !== undefined) {
    assert.equal(answer.body.code, code);
  }
}

/** Asserts that a request was not let in, which came without an API key or with a wrong one. */
export function assertNotLetIn(stack: Stack, answer: Answer, key: "none" | "wrong"): void {
  const { outputs, credentials } = stack;
  const looksAtKey = key === "wrong" && "x-api-key" in credentials;
  if (outputs.oidcIssuer === undefined || looksAtKey) {
    assertError(answer, 403, "InvalidApiKey");
  } else {
    assertError(answer, 401);
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/);
  }
}

/** What is answered to a method that `fetch` does not send, or to several lines of one header. */
export async function callRaw(
  { outputs, credentials, budget }: Stack,
  path: string,
  method: string,
  headers: Record<string, string | string[]> = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }> {
  budget.spend();
  const url = `${outputs.apiUrl}${path}`;
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    request(url, { method, headers: { ...credentials, ...headers } }, (response) => {
      buffer(response).then((bytes) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes });
      }, reject);
    })
      .on("error", reject)
      .end();
  });
}

/** Bytes behind a URL that needs no key: a presigned URL or one of the CDN. */
export async function download(
  stack: Stack,
  url: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  if (url.startsWith("http://")) {
    const response = await fetch(url, options);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  }
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      { ...options, ...(stack.ca !== undefined && { ca: stack.ca }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject).end();
  });
}
