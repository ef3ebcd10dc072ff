import { requireOk, UploadRejectedError } from "./errors.js";
import { sleep, withRetries } from "./retry.js";
import { hasXhr, sendByXhr } from "./send-by-xhr.js";
import type { RequestOptions, Transport } from "./transport.js";
import type { CreatedUpload, Upload } from "./types.js";

/** How far an image has been sent, in bytes. */
export interface Progress {
  sentBytes: number;
  totalBytes: number;
}

/** How an image is sent straight to S3. */
export interface DirectUploadOptions extends RequestOptions {
  /** Is told how far the image has been sent: from time to time, and once when all of it has. */
  onProgress?: (progress: Progress) => void;
  /** Seconds for which is waited until the image is looked at. @default 60 */
  maxReadySeconds?: number;
  /** By which a repeated call makes no second upload. @default one of its own for every call */
  idempotencyKey?: string;
}

/** Seconds between looks at an upload: at first, and at most. */
const [firstLookSeconds, lastLookSeconds] = [0.25, 2];

/**
 * Sends an image by the form that the API has made for it.
 *
 * @throws DarkroomError for what S3 refuses, with S3's own code.
 */
export async function sendForm(
  transport: Transport,
  { upload }: CreatedUpload,
  image: Blob,
  { onProgress, signal }: DirectUploadOptions,
): Promise<void> {
  const totalBytes = image.size;
  const report = (sentBytes: number) => {
    onProgress?.({ sentBytes: Math.min(sentBytes, totalBytes), totalBytes });
  };
  const attempt = async () => {
    const form = formOf(upload.fields, new CountedFile(image, report));
    const response =
      onProgress && hasXhr()
        ? await sendByXhr(upload.url, form, report, signal)
        : await transport.fetch(upload.url, { method: "POST", body: form }, signal);
    await requireOk(response);
  };
  // However often it is sent, it is the same object.
  await withRetries(attempt, "always", transport.retries, signal);
  report(totalBytes);
}

/**
 * Waits until what was sent is an image.
 *
 * @throws UploadRejectedError where it is none, Error where it is not looked at in time.
 */
export async function waitUntilReady(
  look: () => Promise<Upload>,
  { maxReadySeconds = 60, signal }: DirectUploadOptions,
): Promise<void> {
  const end = Date.now() + maxReadySeconds * 1000;
  for (let seconds = firstLookSeconds; ; seconds = Math.min(seconds * 1.5, lastLookSeconds)) {
    const { uploadId, status, reason } = await look();
    if (status === "ready") {
      return;
    }
    if (status === "rejected") {
      const unknown = { code: "UploadRejected", message: "The upload was rejected." };
      throw new UploadRejectedError(uploadId, reason ?? unknown);
    }
    if (Date.now() + seconds * 1000 > end) {
      throw new Error(`The upload ${uploadId} is still pending after ${maxReadySeconds} seconds.`);
    }
    await sleep(seconds, signal);
  }
}

/** S3 reads no field that comes after the file. */
function formOf(fields: Readonly<Record<string, string>>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
  }
  form.append("file", file);
  return form;
}

/** A file that tells how much of it has been read; browsers read files without asking it. */
class CountedFile extends File {
  readonly #report: (readBytes: number) => void;

  constructor(image: Blob, report: (readBytes: number) => void) {
    super([image], "file", { type: image.type });
    this.#report = report;
  }

  override stream() {
    let readBytes = 0;
    const report = this.#report;
    return super.stream().pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          readBytes += chunk.byteLength;
          report(readBytes);
          controller.enqueue(chunk);
        },
      }),
    );
  }
}
