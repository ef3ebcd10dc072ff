import fs from "node:fs";
import { Readable, Writable } from "node:stream";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Call } from "../call";
import { entityTooLarge, incompleteBody } from "../errors";
import type { S3Error } from "../errors";
import { checkMinSize } from "../post-policy";
import type { SizeRange } from "../post-policy";
import type { Bucket } from "../store/bucket";
import { AwsChunkedDecoder } from "./aws-chunked";
import type { Checksum, ChecksumAlgorithm } from "./checksums";
import { readClaims, verifyClaims } from "./claims";
import type { BodyClaims } from "./claims";
import { malformedForm } from "./form";
import { Meter } from "./meter";
import type { BodyFacts } from "./meter";

/** Documents, such as a list of 1,000 keys of 1,024 bytes to delete, are shorter. */
const maxDocumentBytes = 4 * 1024 * 1024;

/** What S3 computes by itself since 2024, so that every object has a checksum. */
export const defaultChecksum: ChecksumAlgorithm = "CRC64NVME";

/** Bytes on the disk that no record names yet. */
export interface NewBlob {
  blob: string;
  size: number;
  /** Hex MD5, unless a key of KMS encrypts the bytes. */
  etag: string;
  checksum: Checksum;
}

/**
 * Writes the body of `call` to a new blob of `bucket`, in constant memory.
 *
 * @param algorithm of the checksum to compute when the request brings none.
 * @throws S3Error when the body is not what the request claims; nothing is left on the disk then.
 */
export async function receiveBlob(
  call: Call,
  bucket: Bucket,
  algorithm: ChecksumAlgorithm = defaultChecksum,
): Promise<NewBlob> {
  const claims = readClaims(call);
  const chosen = claims.checksum?.algorithm ?? algorithm;
  const { maxObjectBytes: maxBytes } = call.environment;
  return await newBlob(bucket, chosen, (sink) =>
    receive(call, claims, sink, { maxBytes, algorithm: chosen }),
  );
}

/** Writes `length` bytes that come from other blobs to a new one. */
export async function copyBlob(
  source: Readable,
  length: number,
  bucket: Bucket,
  algorithm: ChecksumAlgorithm,
): Promise<NewBlob> {
  return await newBlob(bucket, algorithm, async (sink) => {
    const meter = new Meter({ length, algorithm, sha256: false, maxBytes: length });
    await pipeline(source, meter, sink);
    return meter.finish();
  });
}

/**
 * Writes the file of a form to a new blob of `bucket`.
 *
 * @param call has the form's fields as headers.
 * @param range sizes in bytes that the file may have.
 */
export async function receiveFormFile(
  call: Call,
  bucket: Bucket,
  file: Readable,
  range: SizeRange,
): Promise<NewBlob> {
  const claims = readClaims(call);
  const algorithm = claims.checksum?.algorithm ?? defaultChecksum;
  const maxBytes = Math.min(range.max, call.environment.maxObjectBytes);
  return await newBlob(bucket, algorithm, async (sink) => {
    const meter = new Meter({ algorithm, sha256: false, maxBytes });
    await transfer(file, [meter], sink, malformedForm);
    const facts = meter.finish();
    checkMinSize(facts.size, range);
    verifyClaims(claims, facts, new Map());
    return facts;
  });
}

/**
 * The text of the body of `call`, such as an XML document.
 *
 * @param claims what the body has to be; by default all that the request says.
 */
export async function receiveText(call: Call, claims = readClaims(call)): Promise<string> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      chunks.push(chunk);
      callback();
    },
  });
  const algorithm = claims.checksum?.algorithm ?? defaultChecksum;
  await receive(call, claims, sink, { maxBytes: maxDocumentBytes, algorithm });
  return Buffer.concat(chunks).toString("utf8");
}

async function newBlob(
  bucket: Bucket,
  algorithm: ChecksumAlgorithm,
  write: (sink: Writable) => Promise<BodyFacts>,
): Promise<NewBlob> {
  const blob = bucket.newBlob();
  const sink = fs.createWriteStream(bucket.blobPath(blob));
  try {
    const facts = await write(sink);
    const value = facts.checksum.toString("base64");
    return {
      blob,
      size: facts.size,
      etag: facts.md5.toString("hex"),
      checksum: { algorithm, value, type: "FULL_OBJECT" },
    };
  } catch (error) {
    await destroy(sink);
    bucket.removeBlob(blob);
    throw error;
  }
}

/** A file that is still being opened would be there again after its removal. */
async function destroy(sink: fs.WriteStream): Promise<void> {
  sink.destroy();
  if (!sink.closed) {
    await new Promise<void>((resolve) => {
      sink.once("close", resolve);
    });
  }
}

async function receive(
  call: Call,
  claims: BodyClaims,
  sink: Writable,
  { maxBytes, algorithm }: { maxBytes: number; algorithm: ChecksumAlgorithm },
): Promise<BodyFacts> {
  const { length, chunked, sha256 } = claims;
  if (length > maxBytes) {
    throw entityTooLarge(maxBytes);
  }
  const meter = new Meter({ length, maxBytes, algorithm, sha256: sha256 !== undefined });
  const decoder = chunked ? new AwsChunkedDecoder(call.request.chunkVerifier?.()) : undefined;
  await transfer(call.request.body, decoder ? [decoder, meter] : [meter], sink);
  const facts = meter.finish();
  verifyClaims(claims, facts, decoder?.trailers ?? new Map<string, string>());
  return facts;
}

/**
 * Sends what a client sends through `steps` into `sink`. A failure leaves the source open: the
 * client is still to get an answer.
 *
 * @param broken makes the error for a source that breaks off, as when the client goes away.
 */
async function transfer(
  source: Readable,
  steps: Transform[],
  sink: Writable,
  broken: () => S3Error = incompleteBody,
): Promise<void> {
  let sourceError: unknown;
  source.once("error", (error) => {
    sourceError = error;
  });
  const bytes = Readable.from(source.iterator({ destroyOnReturn: false }));
  try {
    await pipeline([bytes, ...steps, sink]);
  } catch (error) {
    throw error === sourceError ? broken() : error;
  }
}
