import { ApiFailure, failureOf } from "./api-failure";
import type { Answer, Sent, Transport } from "./transport";

/** What the API knows of an image; `openapi.json` describes each member. */
export interface ImageMetadata {
  readonly imageId: string;
  readonly timestamp: string;
  readonly userId: string;
  readonly imageName: string;
  readonly key: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Pixels as stored, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  readonly etag: string;
  readonly orientation?: number;
  readonly focalPoint?: FocalPoint;
  readonly locationRemoved?: boolean;
  readonly thumbHash?: string;
  readonly dominantColor?: string;
  readonly transparent?: boolean;
  readonly frames?: number;
  readonly perceptualHash?: string;
}

/** Parts of width and height, 0–1. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** An image of a list, with URLs of renditions by preset where they were asked for. */
export interface ListedImage extends ImageMetadata {
  readonly urls?: Readonly<Record<string, string>>;
}

/** A page of a list. */
export interface ImagePage {
  readonly images: readonly ListedImage[];
  /** Where the next page begins, if there is one. */
  readonly nextCursor?: string;
}

/** Which images a list has. */
export interface ImageFilter {
  readonly userId?: string;
  /** `key:value`. */
  readonly tag?: string;
}

/** Whether a filter leaves anything out. */
export function isFiltered({ userId, tag }: ImageFilter): boolean {
  return userId !== undefined || tag !== undefined;
}

/** A form by which an image goes straight to the bucket. */
export interface DirectUpload {
  readonly uploadId: string;
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> };
}

/** What an upload has made: an image, or what becomes one once it is scanned. */
export type Stored =
  | { readonly metadata: ImageMetadata }
  | { readonly metadata?: undefined; readonly uploadId: string };

/** What has become of a direct upload, or of one that is scanned. */
export interface UploadState {
  readonly status: "pending" | "ready" | "rejected";
  readonly imageId?: string;
  readonly reason?: { readonly code: string; readonly message: string };
}

/** What an upload says beside its bytes. */
export interface UploadFacts {
  readonly contentType: string;
  readonly imageName: string;
  /** Whose the image is to be; left out by users, who upload as themselves. */
  readonly userId?: string;
}

/** Changes of an image; `null` takes a focal point back. */
export interface ImageChange {
  readonly imageName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly focalPoint?: FocalPoint | null;
}

/** Who the user of a token is. */
export interface Me {
  readonly userId: string;
  readonly images: number;
}

/**
 * How requests say who asks: headers, asked for at each since tokens end.
 *
 * @param isRefused whether the last ones were, so that others are wanted, if there are any.
 */
export type Credentials = (isRefused: boolean) => Promise<Readonly<Record<string, string>>>;

/** The image API as this view uses it. Every method throws an `ApiFailure` in the API's words. */
export class ImagesApi {
  readonly #apiUrl: string;
  readonly #credentials: Credentials;
  readonly #send: Transport;

  /** @param apiUrl with the stage, without a slash at its end. */
  constructor(apiUrl: string, credentials: Credentials, send: Transport) {
    this.#apiUrl = apiUrl;
    this.#credentials = credentials;
    this.#send = send;
  }

  /** @param presets of which each image is to have URLs. */
  async list(filter: ImageFilter, presets: readonly string[], cursor?: string): Promise<ImagePage> {
    const preset = presets.length > 0 ? presets.join(",") : undefined;
    return await this.#json("GET", "/images", { query: { ...filter, preset, cursor } });
  }

  async get(imageId: string): Promise<ImageMetadata> {
    return (await this.#json<{ metadata: ImageMetadata }>("GET", imagePath(imageId))).metadata;
  }

  /** A URL of the original, good for an hour. */
  async originalUrl(imageId: string): Promise<string> {
    const query = { url: "true" };
    return (await this.#json<{ url: string }>("GET", imagePath(imageId), { query })).url;
  }

  /** The signed URL of a rendition. @param operations as in a query, such as `width=640`. */
  async renditionUrl(imageId: string, operations: string): Promise<string> {
    const query = Object.fromEntries(new URLSearchParams(operations));
    return (await this.#json<{ url: string }>("GET", `${imagePath(imageId)}/url`, { query })).url;
  }

  async update(imageId: string, change: ImageChange): Promise<ImageMetadata> {
    const path = imagePath(imageId);
    return (await this.#json<{ metadata: ImageMetadata }>("PATCH", path, jsonBody(change)))
      .metadata;
  }

  async remove(imageId: string): Promise<void> {
    await this.#ask("DELETE", imagePath(imageId));
  }

  /** Uploads an image as the body. @param key makes it safe to be sent again. */
  async upload(
    facts: UploadFacts,
    body: Blob,
    key: string,
    options: Pick<Sent, "onProgress" | "signal"> = {},
  ): Promise<Stored> {
    const { contentType, ...query } = facts;
    const headers = { "content-type": contentType, "idempotency-key": key };
    return await this.#json("POST", "/images", { query, headers, body, ...options });
  }

  /** Announces an image of `size` bytes. @param key makes it safe to be sent again. */
  async createUpload(
    facts: UploadFacts,
    size: number,
    key: string,
    options: Pick<Sent, "signal"> = {},
  ): Promise<DirectUpload> {
    const { headers, body } = jsonBody({ ...facts, size });
    const asked = { headers: { ...headers, "idempotency-key": key }, body, ...options };
    return await this.#json("POST", "/uploads", asked);
  }

  async getUpload(uploadId: string): Promise<UploadState> {
    return await this.#json("GET", `/uploads/${encodeURIComponent(uploadId)}`);
  }

  async me(): Promise<Me> {
    return await this.#json("GET", "/me");
  }

  async #json<Body>(method: string, path: string, asked: Asked = {}): Promise<Body> {
    const { status, body } = await this.#ask(method, path, asked);
    try {
      return JSON.parse(body) as Body;
    } catch {
      throw new ApiFailure(`The answer ${status} is no JSON.`, { status });
    }
  }

  async #ask(
    method: string,
    path: string,
    { query = {}, ...request }: Asked = {},
  ): Promise<Answer> {
    const sent = { ...request, method, url: `${this.#apiUrl}${path}${queryText(query)}` };
    const first = await this.#credentials(false);
    const answer = await this.#sendAs(first, sent);
    if (!isOfWhoAsks(answer)) {
      return successful(answer);
    }
    // The key may have been replaced since it was read, and a token ended.
    const others = await this.#credentials(true);
    const isNew = JSON.stringify(others) !== JSON.stringify(first);
    return successful(isNew ? await this.#sendAs(others, sent) : answer);
  }

  async #sendAs(credentials: Awaited<ReturnType<Credentials>>, sent: Sent): Promise<Answer> {
    return await this.#send({ ...sent, headers: { ...sent.headers, ...credentials } });
  }
}

/** What a request has beside method and path. */
interface Asked extends Partial<Omit<Sent, "method" | "url">> {
  /** Parameters; those that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** Whether an answer refuses who asks, and not what is asked for. */
function isOfWhoAsks({ status, body }: Answer): boolean {
  return status === 401 || (status === 403 && failureOf(status, body).code === "InvalidApiKey");
}

/** @throws ApiFailure for an answer that is none. */
function successful(answer: Answer): Answer {
  if (answer.status >= 400) {
    throw failureOf(answer.status, answer.body);
  }
  return answer;
}

function imagePath(imageId: string): string {
  return `/images/${encodeURIComponent(imageId)}`;
}

function queryText(query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
}

function jsonBody(value: unknown): Required<Pick<Asked, "headers" | "body">> {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
