import fs from "node:fs";
import { Writable } from "node:stream";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Call } from "../call";
import { entityTooLarge } from "../errors";
import type { Bucket } from "../store/bucket";
import { AwsChunkedDecoder } from "./aws-chunked";
import type { Checksum, ChecksumAlgorithm } from "./checksums";
import { readClaims, verifyClaims } from "./claims";
import type { BodyClaims } from "./claims";
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
  /** Hex MD5. */
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
    const meter = new Meter({ length, algorithm, sha256: false });
    await pipeline(source, meter, sink);
    return meter.finish();
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
  await receive(call, claims, sink, { maxBytes: maxDocumentBytes });
  return Buffer.concat(chunks).toString("utf8");
}

async function newBlob(
  bucket: Bucket,
  algorithm: ChecksumAlgorithm,
  write: (sink: Writable) => Promise<BodyFacts>,
): Promise<NewBlob> {
  const blob = bucket.newBlob();
  try {
    const facts = await write(fs.createWriteStream(bucket.blobPath(blob)));
    const value = facts.checksum.toString("base64");
    return {
      blob,
      size: facts.size,
      etag: facts.md5.toString("hex"),
      checksum: { algorithm, value, type: "FULL_OBJECT" },
    };
  } catch (error) {
    bucket.removeBlob(blob);
    throw error;
  }
}

async function receive(
  call: Call,
  claims: BodyClaims,
  sink: Writable,
  { maxBytes, algorithm = defaultChecksum }: { maxBytes: number; algorithm?: ChecksumAlgorithm },
): Promise<BodyFacts> {
  if (claims.length > maxBytes) {
    throw entityTooLarge(maxBytes);
  }
  const { length } = claims;
  const meter = new Meter({
    length,
    algorithm: claims.checksum?.algorithm ?? algorithm,
    sha256: claims.sha256 !== undefined,
  });
  const trailers = await pump(call, claims.chunked, meter, sink);
  const facts = meter.finish();
  verifyClaims(claims, facts, trailers);
  return facts;
}

/** @returns the trailers of the body. */
async function pump(
  call: Call,
  chunked: boolean,
  meter: Meter,
  sink: Writable,
): Promise<ReadonlyMap<string, string>> {
  if (!chunked) {
    await pipeline(call.request.body, meter, sink);
    return new Map();
  }
  const decoder = new AwsChunkedDecoder(call.request.chunkVerifier?.());
  await pipeline(call.request.body, decoder, meter, sink);
  return decoder.trailers;
}
