import { setTimeout } from "node:timers/promises";
import {
  PutObjectCommand,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

const maxAttempts = 4;
const pauseMs = 100;

/**
 * Stores an object where there is none. Another write, or a removal, of its key that is under way is waited for:
 * S3 answers 409 then, which SDKs do not repeat.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @returns `undefined` when there is one, if only of the SDK's own attempt before, whose answer was lost.
 * @throws S3ServiceException `ConditionalRequestConflict` when the other does not come to an end.
 */
export async function putNew(
  s3: S3Client,
  input: PutObjectCommandInput,
): Promise<PutObjectCommandOutput | undefined> {
  const put = new PutObjectCommand({ ...input, IfNoneMatch: "*" });
  for (let attempt = 1; ; attempt++) {
    try {
      return await s3.send(put);
    } catch (error) {
      const code = error instanceof S3ServiceException ? error.name : undefined;
      if (code === "PreconditionFailed") {
        return undefined;
      }
      if (code !== "ConditionalRequestConflict" || attempt === maxAttempts) {
        throw error;
      }
    }
    await setTimeout(pauseMs * attempt);
  }
}
