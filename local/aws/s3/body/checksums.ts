import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { crc32c, Crc64Nvme } from "./crc";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const checksumAlgorithms = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "MD5",
  "SHA1",
  "SHA256",
  "SHA512",
] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** `COMPOSITE` is the checksum of the checksums of a multipart upload's parts. */
export const checksumTypes = ["FULL_OBJECT", "COMPOSITE"] as const;

/** A checksum that is stored with an object. */
export interface Checksum {
  algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends with `-` and the number of parts. */
  value: string;
  type: (typeof checksumTypes)[number];
}

/** Computes a checksum while bytes pass by. */
export interface Hasher {
  update(chunk: Uint8Array): unknown;
  digest(): Buffer;
}

/** Such as `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function createHasher(algorithm: ChecksumAlgorithm): Hasher {
  switch (algorithm) {
    case "CRC32":
      return new Crc32Hasher(crc32);
    case "CRC32C":
      return new Crc32Hasher(crc32c);
    case "CRC64NVME":
      return new Crc64Nvme();
    case "MD5":
    case "SHA1":
    case "SHA256":
    case "SHA512":
      return createHash(algorithm);
  }
}

class Crc32Hasher implements Hasher {
  readonly #step: (chunk: Uint8Array, value: number) => number;
  #value = 0;

  constructor(step: (chunk: Uint8Array, value: number) => number) {
    this.#step = step;
  }

  update(chunk: Uint8Array): void {
    this.#value = this.#step(chunk, this.#value);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#value);
    return bytes;
  }
}
