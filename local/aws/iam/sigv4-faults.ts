import { AwsError } from "../aws-error";

/** What a signature check may find wrong, answered in the words of one service. */
export interface SignatureFaults {
  /** The header or the query cannot be read as a signature of version 4. */
  malformed(detail: string): AwsError;
  /** The credential has not the parts that it has to have. */
  malformedCredential(): AwsError;
  /** The Authorization header is of another scheme, such as signature version 2. */
  unsupported(scheme: string): AwsError;
  /** The credential scope names another day, region or service. */
  wrongScope(
    part: "date" | "region" | "service" | "terminator",
    given: string,
    expected: string,
  ): AwsError;
  /** The signature does not cover these headers, though it has to. */
  unsignedHeaders(names: readonly string[]): AwsError;
  unknownKey(accessKeyId: string): AwsError;
  invalidToken(): AwsError;
  expiredToken(): AwsError;
  /** The request was signed too long ago or too far ahead; dates in ISO 8601's basic form. */
  skewed(signedAt: string, now: string): AwsError;
  mismatch(details: Record<string, string>): AwsError;
}

const credentialDetail =
  'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';

/** How far the clock of a client may be off. */
export const maxSkewSeconds = 15 * 60;

/** `date` as `20260131T235959Z`. */
export function basicIsoDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The time that `20260131T235959Z` stands for; an invalid date for any other text. */
export function dateOf(text: string): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1);
  return new Date(parts ? `${parts.slice(0, 3).join("-")}T${parts.slice(3).join(":")}Z` : "");
}

/**
 * The faults of S3.
 *
 * @param presigned whether the signature stands in the query.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function s3Faults(presigned: boolean): SignatureFaults {
  const [code, beginning] = presigned
    ? ["AuthorizationQueryParametersError", ""]
    : ["AuthorizationHeaderMalformed", "The authorization header is malformed; "];
  const malformed = (detail: string, details = {}) =>
    new AwsError(code, beginning + detail, 400, details);
  const ofCredential = presigned ? "Error parsing the X-Amz-Credential parameter; " : "";
  return {
    malformed: (detail) => malformed(detail),
    malformedCredential: () => malformed(ofCredential + credentialDetail),
    unsupported: () =>
      new AwsError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
      ),
    wrongScope: (part, given, expected) =>
      malformed(
        ofCredential + s3ScopeDetail(part, given, expected),
        // By which clients sign for the right one.
        part === "region" ? { Region: expected } : {},
      ),
    unsignedHeaders: (names) =>
      new AwsError(
        "AccessDenied",
        "There were headers present in the request which were not signed",
        403,
        { HeadersNotSigned: names.join(", ") },
      ),
    unknownKey: (accessKeyId) =>
      new AwsError(
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records.",
        403,
        { AWSAccessKeyId: accessKeyId },
      ),
    invalidToken: () =>
      new AwsError("InvalidToken", "The provided token is malformed or otherwise invalid."),
    expiredToken: () => new AwsError("ExpiredToken", "The provided token has expired."),
    skewed: (signedAt, now) =>
      new AwsError(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        403,
        {
          RequestTime: signedAt,
          ServerTime: now,
          MaxAllowedSkewMilliseconds: String(maxSkewSeconds * 1000),
        },
      ),
    mismatch: (details) =>
      new AwsError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        403,
        withBytes(details),
      ),
  };
}

/** What a signature was computed of, in bytes, too: two texts that differ may look the same. */
function withBytes({ CanonicalRequest, ...details }: Record<string, string>) {
  return {
    ...details,
    StringToSignBytes: bytesOf(details.StringToSign ?? ""),
    ...(CanonicalRequest !== undefined && {
      CanonicalRequest,
      CanonicalRequestBytes: bytesOf(CanonicalRequest),
    }),
  };
}

function bytesOf(text: string): string {
  return Array.from(Buffer.from(text), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function s3ScopeDetail(part: string, given: string, expected: string): string {
  switch (part) {
    case "date":
      return `Invalid credential date "${given}". This date is not the same as X-Amz-Date: "${expected}".`;
    case "region":
      return `the region '${given}' is wrong; expecting '${expected}'`;
    case "service":
      return `incorrect service "${given}". This endpoint belongs to "${expected}".`;
    default:
      return `incorrect terminal "${given}". This endpoint uses "${expected}".`;
  }
}

/** Error codes and statuses of one family of protocols. */
interface Vocabulary {
  mismatch: string;
  incomplete: string;
  unknownKey: string;
  expiredToken: string;
  /** Status of all but an incomplete signature, which is 400. */
  statusCode: number;
}

const queryVocabulary: Vocabulary = {
  mismatch: "SignatureDoesNotMatch",
  incomplete: "IncompleteSignature",
  unknownKey: "InvalidClientTokenId",
  expiredToken: "ExpiredToken",
  statusCode: 403,
};

const jsonVocabulary: Vocabulary = {
  mismatch: "InvalidSignatureException",
  incomplete: "IncompleteSignatureException",
  unknownKey: "UnrecognizedClientException",
  expiredToken: "ExpiredTokenException",
  statusCode: 400,
};

const restJsonVocabulary: Vocabulary = { ...jsonVocabulary, statusCode: 403 };

/** Services that do not speak JSON over a single path. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  cloudfront: queryVocabulary,
  sns: queryVocabulary,
  sts: queryVocabulary,
  iam: queryVocabulary,
  monitoring: queryVocabulary,
  lambda: restJsonVocabulary,
  xray: restJsonVocabulary,
  apigateway: restJsonVocabulary,
};

/**
 * The faults of every service but S3.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function commonFaults(service: string): SignatureFaults {
  const words = vocabularies[service] ?? jsonVocabulary;
  const refuse = (code: string, message: string) => new AwsError(code, message, words.statusCode);
  const incomplete = (message: string) => new AwsError(words.incomplete, message);
  const invalid = "The security token included in the request is invalid.";
  return {
    malformed: incomplete,
    malformedCredential: () => incomplete(credentialDetail),
    unsupported: (scheme) => incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`),
    wrongScope: (part, given, expected) =>
      refuse(words.mismatch, commonScopeMessage(part, given, expected)),
    unsignedHeaders: (names) =>
      incomplete(
        names
          .map((name) => `'${name}' must be a 'SignedHeader' in the AWS Authorization.`)
          .join(" "),
      ),
    unknownKey: () => refuse(words.unknownKey, invalid),
    invalidToken: () => refuse(words.unknownKey, invalid),
    expiredToken: () =>
      refuse(words.expiredToken, "The security token included in the request is expired"),
    skewed: (signedAt, now) =>
      refuse(
        words.mismatch,
        signedAt < now
          ? `Signature expired: ${signedAt} is now earlier than ${now} - 15 min.`
          : `Signature not yet current: ${signedAt} is still later than ${now} + 15 min.`,
      ),
    mismatch: () =>
      refuse(
        words.mismatch,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      ),
  };
}

function commonScopeMessage(part: string, given: string, expected: string): string {
  switch (part) {
    case "date":
      return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${given}' != '${expected}'.`;
    case "region":
      return "Credential should be scoped to a valid region.";
    case "service":
      return `Credential should be scoped to correct service: '${expected}'.`;
    default:
      return `Credential should be scoped with a valid terminator: '${expected}', not '${given}'.`;
  }
}
