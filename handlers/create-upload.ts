import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import type { PresignedPost } from "@aws-sdk/s3-presigned-post";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDynamoDb, createS3, createTypedDynamoDb } from "./aws/clients";
import { integerSetting, setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { TooLargeError } from "./http/errors";
import { Idempotency } from "./http/idempotency";
import { repeatable } from "./http/repeatable";
import { mediaType, readJson, readQuery } from "./http/request";
import { jsonResponse } from "./http/responses";
import { defaultImageName, DirectUploadBody, NoQuery } from "./http/schemas";
import { imageKey } from "./images/image-key";
import { acceptedTypeOf } from "./images/image-types";
import { ImagesBucket, presignedUrlSeconds } from "./images/images-bucket";
import type { ImageDescription } from "./images/images-table";
import { stagingPrefix, Uploads } from "./uploads/uploads";
import { validateOwned } from "./users/owned-input";
import { createUserCounts, type UserCounts } from "./users/user-counts";

/** The image that a client wants to send to the bucket itself. */
export type CreateUploadInput = Omit<ImageDescription, "imageId" | "key">;

/** What creating a direct upload needs. */
export interface CreateUploadDeps {
  bucket: ImagesBucket;
  uploads: Uploads;
  /** What limits how much users have, if anything does. */
  counts: UserCounts | undefined;
  /** Largest image that is accepted, in bytes. */
  maxBytes: number;
}

/** A direct upload that waits for its object. */
export interface CreateUploadOutput {
  /** The image's id, too. */
  uploadId: string;
  status: "pending";
  /** Until when the form can be sent: ISO 8601, UTC. */
  expiresAt: string;
  /** The form to send, with the image as its last field, `file`. */
  upload: PresignedPost & { method: "POST" };
}

/** POST /uploads: lets a client send an image to the bucket itself. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const client = createTypedDynamoDb();
  const dynamoDb = createDynamoDb(client);
  const deps: CreateUploadDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    uploads: new Uploads(dynamoDb, setting(settings, "IMAGES_TABLE")),
    counts: createUserCounts(settings, dynamoDb, "limited"),
    maxBytes: integerSetting(settings, "MAX_DIRECT_UPLOAD_BYTES"),
  };
  const operation = repeatable(new Idempotency(client, setting(settings, "IDEMPOTENCY_TABLE")), {
    name: "create-upload",
    newId: randomUUID,
    parse,
    act: (input: CreateUploadInput, imageId) => createUpload(input, deps, imageId),
    respond: (output) => jsonResponse(201, { message: "The upload can be sent.", ...output }),
  });
  return createApiHandler(new Logger(), settings, operation);
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): CreateUploadInput {
  readQuery(event, NoQuery);
  const body = validateOwned(caller, DirectUploadBody, readJson(event));
  return {
    contentType: acceptedTypeOf(mediaType(body.contentType)),
    userId: body.userId,
    imageName: body.imageName ?? defaultImageName,
    tags: body.tags ?? {},
    size: body.size,
  };
}

/**
 * Signs a form for one object of exactly this type and size, and notes that it is awaited.
 *
 * @param imageId the id that every attempt at the same upload is given.
 * @throws ApiError 413 `ImageTooLarge`, 403 `UserLimitReached`.
 */
export async function createUpload(
  input: CreateUploadInput,
  { bucket, uploads, counts, maxBytes }: CreateUploadDeps,
  imageId: string,
): Promise<CreateUploadOutput> {
  const { userId, contentType, size } = input;
  if (size > maxBytes) {
    throw new TooLargeError("image", maxBytes);
  }
  await counts?.requireRoom(input);
  const image = { ...input, imageId, key: imageKey(userId, imageId, contentType) };
  const expiry = formExpiry();
  const form = await bucket.presignForm({ key: stagingPrefix + imageId, contentType, size });
  if (!(await uploads.beginDirect(image, expiry))) {
    throw new Error("The upload is complete already.");
  }
  return {
    uploadId: imageId,
    status: "pending",
    expiresAt: expiry.toISOString(),
    upload: { ...form, method: "POST" },
  };
}

/** When a form that is signed from now on expires at the earliest, in whole seconds. */
function formExpiry(): Date {
  return new Date((Math.floor(Date.now() / 1000) + presignedUrlSeconds) * 1000);
}
