import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
const validMs = 10 * 60 * 1000;

/** URLs at which functions' archives can be had, for ten minutes each. */
export class CodeDownloads {
  readonly #urlOf: () => string;
  readonly #clock: () => Date;
  readonly #files = new Map<string, { file: string; endsAt: number }>();

  /** @param urlOf tells where the API is. */
  constructor(urlOf: () => string, clock: () => Date) {
    this.#urlOf = urlOf;
    this.#clock = clock;
  }

  /** A URL that nobody can guess. */
  open(file: string): string {
    const now = this.#clock().getTime();
    for (const [token, { endsAt }] of this.#files) {
      if (endsAt <= now) {
        this.#files.delete(token);
      }
    }
    const token = randomBytes(24).toString("base64url");
    this.#files.set(token, { file, endsAt: now + validMs });
    return `${this.#urlOf()}/code/${token}`;
  }

  /** Sends the archive if the request is for one. @returns whether it is. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const [, token = ""] = /^\/code\/([\w-]+)$/.exec(request.url ?? "") ?? [];
    if (request.method !== "GET" || token === "") {
      return false;
    }
    const found = this.#files.get(token);
    if (!found || found.endsAt <= this.#clock().getTime()) {
      response.writeHead(403, { "content-type": "text/plain" }).end("Request has expired\n");
      return true;
    }
    response.writeHead(200, { "content-type": "application/zip" });
    // The client has gone, or the function has been replaced meanwhile: cut, so that it notices.
    pipeline(createReadStream(found.file), response).catch(() => response.destroy());
    return true;
  }
}
