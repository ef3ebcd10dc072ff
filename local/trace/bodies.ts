import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { withoutSecrets } from "./secrets";
import type { Body } from "./types";

/** Most bytes that are kept of one body. */
export const maxBodyBytes = 64 * 1024;

/** Most bytes of a compressed body that are shown. */
const maxDecodedBytes = 1024 * 1024;

const decoders = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };

/** A body, as far as it is kept. */
export interface KeptBody {
  /** Length of the whole body in bytes. */
  size: number;
  content: Buffer | string;
}

/**
 * Keeps a body without a copy; of one that is too long, the beginning of a text and nothing of what
 * is none, of which a part would show nothing.
 */
export function keepBody(
  body: Buffer | string | undefined,
  contentType: string | undefined,
): KeptBody | undefined {
  if (body === undefined || body.length === 0) {
    return undefined;
  }
  const size = Buffer.byteLength(body);
  if (size <= maxBodyBytes) {
    return { size, content: own(body) };
  }
  return { size, content: isText(contentType) ? startOf(body) : "" };
}

/** What of a body takes memory, in bytes. */
export function keptBytes(body: KeptBody | undefined): number {
  return body?.content.length ?? 0;
}

/** Whether all of a body was kept. */
export function isWhole({ size, content }: KeptBody): boolean {
  return Buffer.byteLength(content) === size;
}

/**
 * A body as it is shown.
 *
 * @param encoding value of `Content-Encoding`, which is undone if possible.
 */
export function shownBody(
  body: KeptBody,
  contentType: string | undefined,
  encoding: string | undefined,
): Body {
  const { size } = body;
  const content = decode(Buffer.from(body.content), encoding);
  const text = textOf(content, isWhole(body));
  return {
    ...(contentType !== undefined && { contentType }),
    size,
    truncated: !isWhole(body),
    ...(text === undefined
      ? { base64: content.toString("base64") }
      : shownText(text, withoutSecrets)),
  };
}

/** The text of a body without its secrets, and whether it had any. */
export function shownText(
  text: string,
  redact: (text: string) => string,
): Pick<Body, "text" | "masked"> {
  const shown = redact(text);
  return { text: shown, ...(shown !== text && { masked: true }) };
}

function startOf(body: Buffer | string): Buffer | string {
  return typeof body === "string"
    ? body.slice(0, maxBodyBytes)
    : Buffer.from(body.subarray(0, maxBodyBytes));
}

/** A small part of a large buffer must not keep all of it in memory. */
function own(body: Buffer | string): Buffer | string {
  return typeof body !== "string" && body.buffer.byteLength > 2 * maxBodyBytes
    ? Buffer.from(body)
    : body;
}

function isText(contentType = "text/plain"): boolean {
  return /^text\/|json|xml|javascript|x-www-form-urlencoded|yaml/i.test(contentType);
}

function decode(content: Buffer, encoding: string | undefined): Buffer {
  const name = encoding?.trim().toLowerCase();
  if (name !== "gzip" && name !== "deflate" && name !== "br") {
    return content;
  }
  try {
    return decoders[name](content, { maxOutputLength: maxDecodedBytes });
  } catch {
    // Cut off, too long, or not what it is said to be: then it is shown as it is.
    return content;
  }
}

/** @param whole whether the last character may be cut in two. */
function textOf(content: Buffer, whole: boolean): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content, { stream: !whole });
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
