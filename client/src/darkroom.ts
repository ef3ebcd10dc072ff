import { type DirectUploadOptions, sendForm, waitUntilReady } from "./direct-upload.js";
import { pages } from "./pages.js";
import type { components } from "./schema.js";
import { type ClientOptions, type RequestOptions, Transport, type Version } from "./transport.js";
import type {
  CreatedUpload,
  FoundImage,
  ImageChanges,
  ImageDetails,
  ImageList,
  ImageQuery,
  ListedImage,
  ListedResult,
  Me,
  ProcessBody,
  ProcessedData,
  RecordBody,
  RenditionQuery,
  RenditionUrl,
  ResultList,
  ResultQuery,
  StoredRecord,
  Upload,
  UploadedImage,
} from "./types.js";

/** Options of requests that have an effect: repeated with the same key, they have no second one. */
export interface EffectOptions extends RequestOptions {
  /** @default one of its own for every call, which is repeated with it */
  idempotencyKey?: string;
}

/** Options of changes. */
export interface ChangeOptions extends RequestOptions {
  /** An ETag: what has another one meanwhile is not changed, and the error is `PreconditionFailed`. */
  ifMatch?: string;
}

/** Options of what is put in a place. */
export interface PutOptions extends ChangeOptions {
  /** Whether nothing may be there yet; otherwise the error is `PreconditionFailed`. @default false */
  ifAbsent?: boolean;
}

/** What may be changed on condition that it is still this version. */
export type Versioned<Body> = Body & {
  /** For `ifMatch`; empty where the answer has none. */
  etag: string;
};

/**
 * The API of a Darkroom stack.
 *
 *     const darkroom = new Darkroom({ apiUrl, apiKey });
 *     const { imageId } = await darkroom.uploadDirectly(file, { userId: "ada" });
 *     const { url } = await darkroom.imageUrl(imageId, { width: 640, format: "auto" });
 *     for await (const image of darkroom.images({ userId: "ada" })) …
 *
 * All methods throw `DarkroomError` for an answer that is an error, after those that may pass were repeated.
 */
export class Darkroom {
  readonly #transport: Transport;

  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
  }

  /** Whether the API answers. */
  async health(options?: RequestOptions): Promise<components["schemas"]["Health"]> {
    return await this.#transport.json({ method: "GET", path: "/health", options });
  }

  /** Who the user is, and how much there is of the user; only where the stack has an issuer. */
  async me(options?: RequestOptions): Promise<Me> {
    return await this.#transport.json({ method: "GET", path: "/me", options });
  }

  /** Stores an image of up to the stack's `maxUploadBytes`, 4 MiB by default; `uploadDirectly` takes larger ones. */
  async upload(
    image: Blob,
    details: ImageDetails = {},
    options?: EffectOptions,
  ): Promise<UploadedImage> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fieldsOf(details, image))) {
      form.append(name, typeof value === "string" ? value : JSON.stringify(value));
    }
    form.append("image", image, image instanceof File ? image.name : defaultName);
    return await this.#effect("/images", form, options);
  }

  /**
   * Sends an image straight to S3, of up to the stack's `maxDirectUploadBytes`, 100 MiB by default, and waits until it
   * is looked at.
   *
   * @throws UploadRejectedError where it is none that the API takes.
   */
  async uploadDirectly(
    image: Blob,
    details: ImageDetails = {},
    options: DirectUploadOptions = {},
  ): Promise<FoundImage> {
    const created = await this.createUpload(image, details, options);
    const { uploadId } = created;
    await sendForm(this.#transport, created, image, options);
    await waitUntilReady(async () => await this.getUpload(uploadId, options), options);
    return await this.getImage(uploadId, {}, options);
  }

  /** A form for an image that somebody else sends; `getUpload` tells what has become of it. */
  async createUpload(
    image: { type: string; size: number; name?: string },
    details: ImageDetails = {},
    options?: EffectOptions,
  ): Promise<CreatedUpload> {
    const { size, type: contentType } = image;
    return await this.#effect(
      "/uploads",
      { ...fieldsOf(details, image), contentType, size },
      options,
    );
  }

  /** How a direct upload stands. */
  async getUpload(uploadId: string, options?: RequestOptions): Promise<Upload> {
    const path = `/uploads/${segmentOf(uploadId)}`;
    return await this.#transport.json({ method: "GET", path, options });
  }

  /** All images that there are, newest first, page after page. */
  images(query: ImageQuery = {}, options?: RequestOptions): AsyncGenerator<ListedImage, void> {
    const read = async (cursor?: string) => await this.listImages({ ...query, cursor }, options);
    return pages(read, ({ images }) => images);
  }

  /** One page of images. */
  async listImages(
    query: ImageQuery & { cursor?: string | undefined } = {},
    options?: RequestOptions,
  ): Promise<ImageList> {
    return await this.#transport.json({ method: "GET", path: "/images", query, options });
  }

  /** An image's metadata, and the URLs that are asked for. Without those, it has an `etag` for `ifMatch`. */
  async getImage(
    imageId: string,
    query: { url?: "true" | "false"; preset?: string } = {},
    options?: RequestOptions,
  ): Promise<Versioned<FoundImage>> {
    const request = { method: "GET", path: pathOf(imageId), query, options } as const;
    return versioned(await this.#transport.versioned<FoundImage>(request));
  }

  /** A URL by which anybody gets the image as the operations make it. */
  async imageUrl(
    imageId: string,
    query: RenditionQuery = {},
    options?: RequestOptions,
  ): Promise<RenditionUrl> {
    const path = `${pathOf(imageId)}/url`;
    return await this.#transport.json({ method: "GET", path, query, options });
  }

  /** The image itself, as it was stored. */
  async content(imageId: string, options?: RequestOptions): Promise<Blob> {
    // Not by the redirect of /content, along which the key would go to S3.
    const { url = "" } = await this.getImage(imageId, { url: "true" }, options);
    return await this.#transport.download(url, options);
  }

  /** Changes an image's name, tags or focal point; what is left out stays. */
  async updateImage(
    imageId: string,
    changes: ImageChanges,
    options?: ChangeOptions,
  ): Promise<Versioned<FoundImage>> {
    const request = { method: "PATCH", path: pathOf(imageId), body: changes, options } as const;
    const given = { ...request, ...onlyIf(options) };
    return versioned(await this.#transport.versioned<FoundImage>(given));
  }

  /** Removes an image for good. */
  async deleteImage(imageId: string, options?: ChangeOptions): Promise<void> {
    const request = { method: "DELETE", path: pathOf(imageId), options } as const;
    await this.#transport.send({ ...request, ...onlyIf(options) });
  }

  /** Merges fields over the record of their `id`, and stores the result. */
  async process(body: ProcessBody, options?: EffectOptions): Promise<ProcessedData> {
    return await this.#effect("/process", body, options);
  }

  /** Keeps a JSON object as the record of an id, in the place of any that there was. */
  async putRecord(
    id: string,
    record: RecordBody,
    options?: PutOptions,
  ): Promise<Version<StoredRecord>> {
    const request = { method: "PUT", path: recordPath(id), body: record, options } as const;
    return await this.#transport.versioned({ ...request, ...onlyIf(options) });
  }

  /** The record of an id. */
  async getRecord(id: string, options?: RequestOptions): Promise<Version<StoredRecord>> {
    return await this.#transport.versioned({ method: "GET", path: recordPath(id), options });
  }

  /** Removes the record of an id; its results stay. */
  async deleteRecord(id: string, options?: ChangeOptions): Promise<void> {
    const request = { method: "DELETE", path: recordPath(id), options } as const;
    await this.#transport.send({ ...request, ...onlyIf(options) });
  }

  /** All results for the id of a record, newest first, page after page. */
  results(query: ResultQuery, options?: RequestOptions): AsyncGenerator<ListedResult, void> {
    const read = async (cursor?: string) => await this.listResults({ ...query, cursor }, options);
    return pages(read, ({ results }) => results);
  }

  /** One page of results. */
  async listResults(
    query: ResultQuery & { cursor?: string | undefined },
    options?: RequestOptions,
  ): Promise<ResultList> {
    return await this.#transport.json({ method: "GET", path: "/results", query, options });
  }

  async #effect<Body>(path: string, body: object, options?: EffectOptions): Promise<Body> {
    const { idempotencyKey = crypto.randomUUID() } = options ?? {};
    const headers = { "idempotency-key": idempotencyKey };
    return await this.#transport.json({ method: "POST", path, body, headers, options });
  }
}

function recordPath(id: string): string {
  return `/records/${segmentOf(id)}`;
}

/**
 * An id as a segment of a path.
 *
 * @throws RangeError for one that leads elsewhere: URLs take "." and ".." for folders, encoded or not, and
 * without an id, the path is that of a list.
 */
function segmentOf(id: string): string {
  if (["", ".", ".."].includes(id)) {
    throw new RangeError(
      `The id "${id}" can be no part of a path: it must not be "", "." or "..".`,
    );
  }
  return encodeURIComponent(id);
}

function versioned<Body>({ body, etag }: Version<Body>): Versioned<Body> {
  return { ...body, etag };
}

/** What the API calls an image without a name. */
const defaultName = "unnamed";

function pathOf(imageId: string): string {
  return `/images/${segmentOf(imageId)}`;
}

/** A file's name is the image's, unless another is given. */
function fieldsOf({ userId, imageName, tags }: ImageDetails, image: { name?: string } | Blob) {
  const name = imageName ?? ("name" in image ? image.name : undefined);
  return { ...(userId && { userId }), ...(name && { imageName: name }), ...(tags && { tags }) };
}

/** What was changed under a condition that holds no more is not to be changed once more. */
function onlyIf(options: PutOptions | undefined) {
  const { ifMatch, ifAbsent = false } = options ?? {};
  const headers = { "if-match": ifMatch, "if-none-match": ifAbsent ? "*" : undefined };
  const isConditional = ifMatch !== undefined || ifAbsent;
  return isConditional ? ({ headers, repeatable: "if-refused" } as const) : {};
}
