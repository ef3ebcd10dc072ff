import { AwsError } from "../aws-error";
import { queryParameters } from "./sigv4-canonical";
import type { CredentialScope } from "./sigv4-canonical";
import { commonFaults, dateOf, s3Faults } from "./sigv4-faults";
import type { SignatureFaults } from "./sigv4-faults";
import type { SignedRequest } from "./types";

/** What a request says about its own signature; nothing of it is proven yet. */
export interface SignatureClaim {
  accessKeyId: string;
  scope: CredentialScope;
  terminator: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  date: string;
  /** Lower-case names, sorted. */
  signedHeaders: readonly string[];
  signature: string;
  sessionToken?: string;
  /** Only for presigned URLs: how long they are valid, in seconds. */
  expiresSeconds?: number;
  /** The faults of the service, for where the signature stands. */
  faults: SignatureFaults;
}

const algorithm = "AWS4-HMAC-SHA256";
const maxExpiresSeconds = 7 * 24 * 60 * 60;
const queryNames = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature",
  "X-Amz-Date",
  "X-Amz-SignedHeaders",
  "X-Amz-Expires",
] as const;

/**
 * Reads the signature of `request` from its header or its query.
 *
 * @returns `undefined` when it has none at all.
 * @throws AwsError when there is something of a signature that cannot be read.
 */
export function readClaim(request: SignedRequest): SignatureClaim | undefined {
  const query = signatureQuery(request.url);
  const header = request.headers.authorization;
  const faults = faultsOf(request.service, header === undefined);
  const isVersion2 = hasVersion2Query(request);
  if (header === undefined && isVersion2) {
    throw faults.unsupported("AWS");
  }
  if (header === undefined) {
    return query.size > 0 ? queryClaim(query, faults) : undefined;
  }
  if (query.size > 0 || isVersion2) {
    throw new AwsError(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    );
  }
  return headerClaim(header, request, faults);
}

/** The faults of `service`. */
export function faultsOf(service: string, presigned: boolean): SignatureFaults {
  return service === "s3" ? s3Faults(presigned) : commonFaults(service);
}

/**
 * Splits `<access key>/<date>/<region>/<service>/aws4_request`.
 *
 * @throws AwsError when it has not five parts.
 */
export function readCredential(
  text: string,
  faults: SignatureFaults,
): Pick<SignatureClaim, "accessKeyId" | "scope" | "terminator"> {
  const [accessKeyId, date, region, service, terminator, ...rest] = text.split("/");
  if (
    !accessKeyId ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    rest.length > 0
  ) {
    throw faults.malformedCredential();
  }
  return { accessKeyId, scope: { date, region, service }, terminator };
}

function headerClaim(
  header: string,
  request: SignedRequest,
  faults: SignatureFaults,
): SignatureClaim {
  const [scheme, parameters] = splitOnce(header.trim(), " ");
  if (scheme !== algorithm) {
    throw faults.unsupported(scheme);
  }
  const fields = headerFields(parameters, faults);
  const sessionToken = request.headers["x-amz-security-token"];
  // AWS also takes the Date header instead; SDKs always send this one.
  const date = request.headers["x-amz-date"];
  return {
    ...readCredential(fields.Credential, faults),
    date: readDate(typeof date === "string" ? date : "", faults),
    signedHeaders: headerList(fields.SignedHeaders, faults),
    signature: fields.Signature,
    ...(typeof sessionToken === "string" && { sessionToken }),
    faults,
  };
}

type HeaderFields = Record<"Credential" | "SignedHeaders" | "Signature", string>;

function headerFields(parameters: string, faults: SignatureFaults): HeaderFields {
  const fields = new Map<string, string>();
  for (const part of parameters.split(",")) {
    const [name, value] = splitOnce(part.trim(), "=");
    if (fields.has(name)) {
      throw faults.malformed(`the authorization header has '${name}' more than once.`);
    }
    fields.set(name, value);
  }
  const [Credential, SignedHeaders, Signature] = ["Credential", "SignedHeaders", "Signature"].map(
    (name) => fields.get(name),
  );
  if (!Credential || !SignedHeaders || !Signature || fields.size !== 3) {
    throw faults.malformed(
      "the authorization header requires three components: Credential, SignedHeaders, and Signature.",
    );
  }
  return { Credential, SignedHeaders, Signature };
}

function queryClaim(query: ReadonlyMap<string, string>, faults: SignatureFaults): SignatureClaim {
  const [given, credential, signature, date, headers, expires] = queryNames.map(
    (name) => query.get(name.toLowerCase()) ?? "",
  ) as [string, string, string, string, string, string];
  if (!given || !credential || !signature || !date || !headers || !expires) {
    throw faults.malformed(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  }
  if (given !== algorithm) {
    throw faults.malformed(`X-Amz-Algorithm only supports "${algorithm}"`);
  }
  const sessionToken = query.get("x-amz-security-token");
  return {
    ...readCredential(credential, faults),
    date: readDate(date, faults),
    signedHeaders: headerList(headers, faults),
    signature,
    expiresSeconds: readExpires(expires, faults),
    ...(sessionToken !== undefined && { sessionToken }),
    faults,
  };
}

const noQuery: ReadonlyMap<string, string> = new Map();

/**
 * The parameters of a query that belong to its signature, by lower-case name; empty when it is not
 * signed. A security token alone signs nothing.
 */
function signatureQuery(url: string): ReadonlyMap<string, string> {
  if (!url.includes("?")) {
    return noQuery;
  }
  const wanted = new Set<string>(queryNames.map((name) => name.toLowerCase()));
  const found = new Map<string, string>();
  let signed = false;
  for (const [name, value] of queryParameters(url)) {
    const key = name.toLowerCase();
    if (wanted.has(key) || key === "x-amz-security-token") {
      if (found.has(key)) {
        throw new AwsError("InvalidArgument", `The query has ${name} more than once.`);
      }
      found.set(key, decode(value));
      signed ||= wanted.has(key);
    }
  }
  return signed ? found : new Map<string, string>();
}

/**
 * Whether a query is signed by version 2, which S3 takes in no region that came after 2013, and of
 * no bucket that was made after June 2020.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html
 */
function hasVersion2Query({ service, url }: SignedRequest): boolean {
  return (
    service === "s3" &&
    queryParameters(url).some(([name]) => name === "AWSAccessKeyId" || name === "Signature")
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw new AwsError("InvalidURI", `Couldn't parse the specified URI: ${String(error)}`);
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

/**
 * @returns `text`.
 * @throws AwsError when it is no `YYYYMMDDTHHMMSSZ`.
 */
export function readDate(text: string, faults: SignatureFaults): string {
  if (Number.isNaN(dateOf(text).getTime())) {
    throw faults.malformed(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  return text;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function readExpires(text: string, faults: SignatureFaults): number {
  if (!/^-?\d{1,9}$/.test(text)) {
    throw faults.malformed("X-Amz-Expires should be a number");
  }
  const seconds = Number(text);
  if (seconds < 1) {
    throw faults.malformed(
      seconds < 0 ? "X-Amz-Expires must be non-negative" : "X-Amz-Expires must be at least 1",
    );
  }
  if (seconds > maxExpiresSeconds) {
    throw faults.malformed(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${maxExpiresSeconds} seconds`,
    );
  }
  return seconds;
}

function headerList(text: string, faults: SignatureFaults): string[] {
  const names = text.split(";");
  const ordered = names.every((name, index) => index === 0 || (names[index - 1] ?? "") < name);
  if (!ordered || names.some((name) => !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name))) {
    throw faults.malformed(
      "the SignedHeaders must be lower-case names, sorted, each of them once.",
    );
  }
  return names;
}
