import { decodeS3Path } from "../s3-path";
import type { Target } from "./call";
import { S3Error } from "./errors";

const maxKeyBytes = 1024;

/** Hosts that stand for the service itself; what precedes them is a bucket's name. */
const virtualHost =
  /^(?<bucket>.+?)\.(?:localhost|s3\.localhost|s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com)(?::\d+)?$/;

/**
 * Finds the bucket and the key that a request is for: in the path, or the bucket in the host.
 *
 * The path is not normalised: `a/../b`, `a//b` and `.` are keys like any other.
 *
 * @param path still percent-encoded, with no query.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function readTarget(path: string, host = ""): Target {
  const bucket = virtualHost.exec(host.toLowerCase())?.groups?.bucket;
  const rest = path.slice(1);
  if (bucket !== undefined && bucket !== "s3") {
    return { bucket, key: readKey(rest) };
  }
  const slash = rest.indexOf("/");
  return slash < 0
    ? { bucket: decode(rest), key: "" }
    : { bucket: decode(rest.slice(0, slash)), key: readKey(rest.slice(slash + 1)) };
}

function readKey(encoded: string): string {
  const key = decode(encoded);
  checkKeyLength(key);
  return key;
}

/** @throws S3Error `KeyTooLongError`. */
export function checkKeyLength(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > maxKeyBytes) {
    throw new S3Error("KeyTooLongError", "Your key is too long", 400, {
      Size: String(size),
      MaxSizeAllowed: String(maxKeyBytes),
    });
  }
}

function decode(encoded: string): string {
  try {
    return decodeS3Path(encoded);
  } catch (error) {
    if (error instanceof URIError) {
      throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", 400, { URI: encoded });
    }
    throw error;
  }
}
