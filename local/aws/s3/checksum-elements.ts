import { checksumAlgorithms, checksumTypes } from "./body/checksums";
import type { Checksum, ChecksumAlgorithm } from "./body/checksums";
import type { Call } from "./call";
import { invalidRequest } from "./errors";
import type { XmlElement } from "./xml";

/** How documents tell a checksum, such as `ChecksumCRC32`. */
export function checksumElements(checksum: Checksum): XmlElement {
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}

/**
 * The algorithm that `x-amz-checksum-algorithm` asks for.
 *
 * @throws S3Error `InvalidRequest`.
 */
export function requestedAlgorithm(call: Call): ChecksumAlgorithm | undefined {
  const name = call.header("x-amz-checksum-algorithm");
  const algorithm = checksumAlgorithms.find((each) => each === name?.toUpperCase());
  if (name !== undefined && algorithm === undefined) {
    throw invalidRequest("Checksum algorithm provided is unsupported.");
  }
  return algorithm;
}

/**
 * The type that `x-amz-checksum-type` asks for.
 *
 * @throws S3Error `InvalidRequest`.
 */
export function requestedType(call: Call): Checksum["type"] | undefined {
  const name = call.header("x-amz-checksum-type");
  const type = checksumTypes.find((each) => each === name?.toUpperCase());
  if (name !== undefined && type === undefined) {
    throw invalidRequest("Value for x-amz-checksum-type header is invalid.");
  }
  return type;
}
