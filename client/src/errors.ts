import type { components } from "./schema.js";

/** What the API says of a request that it refuses or fails on. */
export type ErrorBody = components["schemas"]["ApiError"];

/**
 * An answer that is an error.
 *
 *     if (error instanceof DarkroomError && error.code === "ImageNotFound") …
 */
export class DarkroomError extends Error {
  override readonly name: string = "DarkroomError";
  /** The status of the answer. */
  readonly status: number;
  /** For programs, such as `ImageNotFound`; `UnexpectedAnswer` where the answer is none of the API's. */
  readonly code: string;
  /** Under which the API has logged the request. */
  readonly requestId: string | undefined;
  /** Seconds after which the request may be repeated, if the API says so. */
  readonly retryAfterSeconds: number | undefined;
  /** All that the answer says, such as `details` of what is wrong and `limit` of what is too large. */
  readonly body: Partial<ErrorBody>;

  constructor(status: number, body: Partial<ErrorBody>, retryAfterSeconds?: number) {
    super(body.error ?? `The answer was ${status}.`);
    this.status = status;
    this.code = body.code ?? "UnexpectedAnswer";
    this.requestId = body.requestId;
    this.retryAfterSeconds = retryAfterSeconds;
    this.body = body;
  }
}

/** An image that was sent by a form, and is none that the API takes: `code` says why. */
export class UploadRejectedError extends DarkroomError {
  override readonly name = "UploadRejectedError";
  /** The upload, whose image there will not be. */
  readonly uploadId: string;

  constructor(uploadId: string, reason: { code: string; message: string }) {
    super(200, { error: reason.message, code: reason.code });
    this.uploadId = uploadId;
  }
}

/**
 * Lets answers through that are no errors.
 *
 * @throws DarkroomError that an answer stands for.
 */
export async function requireOk(response: Response): Promise<void> {
  if (!response.ok && response.status !== 304) {
    throw await errorOf(response);
  }
}

async function errorOf(response: Response): Promise<DarkroomError> {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const text = await response.text();
  return new DarkroomError(
    response.status,
    errorBody(text),
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

/** What the API says in JSON, or S3 in XML. */
function errorBody(text: string): Partial<ErrorBody> {
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  if (code !== undefined) {
    const [, error] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
    const [, requestId] = /<RequestId>([^<]*)<\/RequestId>/.exec(text) ?? [];
    return { code, ...(error && { error }), ...(requestId && { requestId }) };
  }
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}
