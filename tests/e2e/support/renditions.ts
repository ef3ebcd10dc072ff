import { strict as assert } from "node:assert";
import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { call, download } from "./api";
import type { Stack } from "./stack";

/** What a viewer sends. */
export interface View {
  method?: string;
  headers?: Record<string, string>;
}

/** What the edge answers. */
export interface EdgeAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  bytes: Buffer;
  /** What the body says if it is JSON, and nothing otherwise. */
  body: Record<string, unknown>;
}

/** A signed URL of a rendition: `query` has its operations, as `?width=64`. */
export async function signUrl(stack: Stack, imageId: string, query = ""): Promise<string> {
  const { status, body } = await call(stack, `/images/${imageId}/url${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return String(body.url);
}

/** Asks the edge as a page of another origin does. */
export async function view(stack: Stack, url: string, options: View = {}): Promise<EdgeAnswer> {
  const { status, headers, body } = await download(stack, url, {
    ...options,
    headers: { origin: "https://example.com", ...options.headers },
  });
  const isJson = headers["content-type"] === "application/json" && body.length > 0;
  return {
    status,
    headers: headers as Record<string, string | undefined>,
    bytes: body,
    body: (isJson ? JSON.parse(body.toString("utf8")) : {}) as Record<string, unknown>,
  };
}

/** Asks for what is signed for `query`, and asserts that it is given. */
export async function viewRendition(
  stack: Stack,
  imageId: string,
  query: string,
  options?: View,
): Promise<EdgeAnswer> {
  const answer = await view(stack, await signUrl(stack, imageId, query), options);
  assert.equal(answer.status, 200, answer.bytes.toString("utf8").slice(0, 500));
  return answer;
}

/** Asserts the one error shape, that any page may read it, and that nobody keeps it for long. */
export function assertEdgeError(answer: EdgeAnswer, status: number, code: string): void {
  const { headers, body } = answer;
  assert.equal(answer.status, status, answer.bytes.toString("utf8").slice(0, 500));
  assert.equal(body.code, code);
  assert.equal(typeof body.error, "string");
  assert.match(String(body.requestId), /^[\w=-]+$/);
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.match(headers["cache-control"] ?? "", /^(no-store|public, max-age=60)$/);
}

/** The keys of all versions of an image's renditions, sorted. */
export async function renditionsOf({ s3, outputs }: Stack, imageId: string): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket: outputs.renditionsBucket, Prefix: `i/${imageId}/` }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key = "" }) => Key).sort();
}
