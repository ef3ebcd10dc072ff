import { ApiFailure, asFailure, failureOf, mayPass } from "./api-failure";
import type { DirectUpload, ImagesApi, UploadFacts, UploadState } from "./images-api";
import type { Transport } from "./transport";

/** What an upload needs. */
export interface UploadTools {
  readonly api: ImagesApi;
  readonly send: Transport;
  /** Largest image, in bytes, that goes through the API; larger ones go straight to the bucket. */
  readonly maxApiBytes: number;
  /** Waits, unless it is given up. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** An image to upload. */
export interface UploadOrder extends UploadFacts {
  readonly body: Blob;
  /** The same at every attempt, so that what was stored already is not stored twice. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** Told how much has gone, from 0 to 1; with 1, the image is looked at. */
  readonly onProgress: (part: number) => void;
}

/** Milliseconds between two questions what has become of a direct upload, at first and at most. */
const pollMs = { first: 200, most: 2000 };

/**
 * Uploads an image, through the API or straight to the bucket.
 *
 * @returns its id, once it is ready.
 * @throws ApiFailure when it is refused, with the reason also where that is found out later.
 */
export async function uploadImage(tools: UploadTools, order: UploadOrder): Promise<string> {
  const { body, idempotencyKey, signal, onProgress, ...facts } = order;
  if (body.size <= tools.maxApiBytes) {
    const options = { signal, onProgress };
    const stored = await tools.api.upload(facts, body, idempotencyKey, options);
    return stored.metadata === undefined
      ? await settled(tools, stored.uploadId, signal)
      : stored.metadata.imageId;
  }
  const created = await tools.api.createUpload(facts, body.size, idempotencyKey, { signal });
  await sendForm(tools.send, created, order);
  onProgress(1);
  return await settled(tools, created.uploadId, signal);
}

async function sendForm(
  send: Transport,
  { upload }: DirectUpload,
  { body, signal, onProgress }: UploadOrder,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) {
    form.append(name, value);
  }
  // The last one: S3 does not read what comes after it.
  form.append("file", body);
  const answer = await send({ method: "POST", url: upload.url, body: form, signal, onProgress });
  if (answer.status >= 400) {
    throw failureOf(answer.status, answer.body);
  }
}

/** Questions in a row that may stay without an answer: the image is stored by then, whatever becomes of them. */
const maxUnanswered = 5;

/** The id of the image that an upload has become. */
async function settled(tools: UploadTools, uploadId: string, signal: AbortSignal): Promise<string> {
  let unanswered = 0;
  for (let wait = pollMs.first; ; wait = Math.min(2 * wait, pollMs.most)) {
    const answer = tools.api.getUpload(uploadId).catch((error: unknown): Partial<UploadState> => {
      unanswered++;
      if (unanswered > maxUnanswered || !mayPass(asFailure(error))) {
        throw error;
      }
      return {};
    });
    const { status, imageId, reason } = await answer;
    if (status !== undefined) {
      unanswered = 0;
    }
    if (status === "ready") {
      return imageId ?? uploadId;
    }
    if (status === "rejected") {
      throw new ApiFailure(reason?.message ?? "The image was rejected.", { code: reason?.code });
    }
    await tools.pause(wait, signal);
  }
}
