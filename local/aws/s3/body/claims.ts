import { S3Error, badChecksum, badDigest, invalidRequest, notImplemented } from "../errors";
import type { Call } from "../call";
import { headersWithPrefix } from "../headers";
import { trailerSignature } from "./aws-chunked";
import { checksumAlgorithms, checksumHeader } from "./checksums";
import type { ChecksumAlgorithm } from "./checksums";
import type { BodyFacts } from "./meter";

/** What a request says about its body. */
export interface BodyClaims {
  /** Base64. */
  md5?: string;
  /** Whether the body is a part of an upload. */
  isPart: boolean;
  /** Lower-case hex. */
  sha256?: string;
  /** The checksum to compute, and its value in base64, unless a trailer tells that. */
  checksum?: { algorithm: ChecksumAlgorithm; value?: string };
  /** The lower-case name of the trailer that is announced. */
  trailer: string | undefined;
  /** The body is framed in chunks. */
  chunked: boolean;
  /** Length of the object's bytes. */
  length: number;
}

/** Reads and checks the headers that describe the body. */
export function readClaims(call: Call): BodyClaims {
  const payload =
    call.header("x-amz-content-sha256") ??
    call.query.get("X-Amz-Content-Sha256") ??
    "UNSIGNED-PAYLOAD";
  const chunked =
    payload.startsWith("STREAMING-") ||
    /(^|,)\s*aws-chunked\s*(,|$)/i.test(call.header("content-encoding") ?? "");
  return {
    ...md5Claim(call),
    ...sha256Claim(payload),
    ...checksumClaim(call),
    isPart: call.query.has("partNumber"),
    trailer: call.header("x-amz-trailer")?.toLowerCase(),
    chunked,
    length: readLength(call, chunked),
  };
}

function md5Claim(call: Call): Pick<BodyClaims, "md5"> {
  const md5 = call.header("content-md5");
  if (md5 === undefined) {
    return {};
  }
  if (!isBase64(md5, 16)) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400, {
      "Content-MD5": md5,
    });
  }
  return { md5 };
}

/** Other values than a hash are keywords: the authenticator has refused what is none. */
function sha256Claim(payload: string): Pick<BodyClaims, "sha256"> {
  return /^[0-9a-f]{64}$/.test(payload) ? { sha256: payload } : {};
}

/** Headers of the same beginning that hold no checksum. */
const aboutChecksums = new Set(["algorithm", "mode", "type"]);

function checksumClaim(call: Call): Pick<BodyClaims, "checksum"> {
  const values = headersWithPrefix(call.request.headers, "x-amz-checksum-");
  const trailer = call.header("x-amz-trailer")?.toLowerCase().replace("x-amz-checksum-", "");
  const names = [...Object.keys(values), ...(trailer === undefined ? [] : [trailer])].filter(
    (name) => !aboutChecksums.has(name),
  );
  const [name] = names;
  if (names.length > 1) {
    throw invalidRequest(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  checkSdkAlgorithm(call, name);
  if (name === undefined) {
    return {};
  }
  const algorithm = checksumAlgorithms.find((each) => each === name.toUpperCase());
  if (algorithm === undefined) {
    throw notImplemented(`x-amz-checksum-${name}`);
  }
  const value = values[name];
  return { checksum: { algorithm, ...(value !== undefined && { value }) } };
}

/**
 * SDKs say of which algorithm the checksum is that they send.
 *
 * @param sent the algorithm of the header or the trailer, if there is one.
 * @throws S3Error `InvalidRequest`.
 */
function checkSdkAlgorithm(call: Call, sent: string | undefined): void {
  const told = call.header("x-amz-sdk-checksum-algorithm");
  if (told === undefined) {
    return;
  }
  if (sent === undefined) {
    throw invalidRequest(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  }
  if (told.toLowerCase() !== sent) {
    throw invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
}

function readLength(call: Call, chunked: boolean): number {
  const name = chunked ? "x-amz-decoded-content-length" : "content-length";
  const length = call.header(name);
  if (length === undefined && call.header("transfer-encoding") !== undefined) {
    throw new S3Error(
      "NotImplemented",
      "A header you provided implies functionality that is not implemented",
      501,
      { Header: "Transfer-Encoding" },
    );
  }
  if (length === undefined || !/^\d{1,15}$/.test(length)) {
    throw new S3Error(
      "MissingContentLength",
      "You must provide the Content-Length HTTP header.",
      411,
    );
  }
  return Number(length);
}

/**
 * Compares a body with its claims.
 *
 * @param trailers by lower-case name.
 * @throws S3Error `BadDigest`, `XAmzContentSHA256Mismatch`, `InvalidRequest`, `MalformedTrailerError`.
 */
export function verifyClaims(
  claims: BodyClaims,
  facts: BodyFacts,
  trailers: ReadonlyMap<string, string>,
): void {
  checkTrailers(claims, trailers);
  const md5 = facts.md5.toString("base64");
  if (claims.md5 !== undefined && claims.md5 !== md5) {
    const inHex = Buffer.from(claims.md5, "base64").toString("hex");
    throw badDigest(claims.isPart ? claims.md5 : inHex, md5);
  }
  if (claims.sha256 !== undefined && claims.sha256 !== facts.sha256?.toString("hex")) {
    throw new S3Error(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      400,
    );
  }
  if (claims.checksum !== undefined) {
    const { algorithm } = claims.checksum;
    const value = claims.checksum.value ?? trailers.get(checksumHeader(algorithm));
    verifyChecksum(algorithm, value, facts.checksum);
  }
}

/** There has to be the trailer that was announced, and no other, but for the signature. */
function checkTrailers({ trailer }: BodyClaims, trailers: ReadonlyMap<string, string>): void {
  const sent = [...trailers.keys()].filter((name) => name !== trailerSignature);
  if (sent.join() !== (trailer ?? "")) {
    throw new S3Error(
      "MalformedTrailerError",
      "The request contained trailing data that was not well-formed or did not conform to our published schema.",
      400,
    );
  }
}

function verifyChecksum(
  algorithm: ChecksumAlgorithm,
  value: string | undefined,
  computed: Buffer,
): void {
  if (value === undefined || !isBase64(value, computed.length)) {
    throw invalidRequest(`Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
  if (value !== computed.toString("base64")) {
    throw badChecksum(algorithm);
  }
}

function isBase64(value: string, bytes: number): boolean {
  const decoded = Buffer.from(value, "base64");
  return decoded.length === bytes && decoded.toString("base64") === value;
}
