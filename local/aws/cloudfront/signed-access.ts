import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { allows, cannedPolicy, parseAccessPolicy } from "./access-policy";
import { xmlError } from "./error-page";
import { parameterName, parameterValue, searchOf } from "./query";
import type { Query, ViewerRequest, WholeResponse } from "./types";

/** What a viewer sends along to show that it may have an object. */
interface Proof {
  keyPairId: string;
  /** In CloudFront's base64, as `signature`. */
  policy?: string | undefined;
  expires?: string | undefined;
  signature?: string | undefined;
  hashAlgorithm?: string | undefined;
}

/** Everything that a proof is checked against. */
export interface AccessQuestion {
  request: ViewerRequest;
  /** Scheme and host of the URL that was signed, such as `https://127.0.0.1:4000`. */
  origin: string;
  /** Finds a key that is trusted. */
  keyOf: (keyPairId: string) => KeyObject | undefined;
  now: Date;
}

/** Parameters that are the signature's: the origin does not see them, and cached objects ignore them. */
const parameters = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];

const algorithms: Readonly<Record<string, string>> = { SHA1: "sha1", SHA256: "sha256" };

/** The query of a signed URL without what the signature added. */
export function withoutSignature(query: Query): Query {
  return query.some(isOfSignature) ? query.filter((each) => !isOfSignature(each)) : query;
}

/**
 * Checks a signed URL or, where the URL has no signature, signed cookies.
 *
 * @returns CloudFront's refusal, or nothing when the viewer may have the object.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html
 * @see https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies the messages
 */
export function refusalOf(question: AccessQuestion): WholeResponse | undefined {
  const { request, origin, keyOf, now } = question;
  const proof = proofInUrl(request.query) ?? proofInCookies(request.headers.cookie ?? "");
  if (proof === undefined) {
    return xmlError("MissingKey", "Missing Key-Pair-Id query parameter or cookie value");
  }
  const key = keyOf(proof.keyPairId);
  if (key === undefined) {
    return xmlError("InvalidKey", "Unknown Key");
  }
  const signature = decode(proof.signature ?? "");
  const algorithm = algorithms[proof.hashAlgorithm ?? "SHA1"];
  if (signature === undefined) {
    return xmlError("MalformedSignature", "Could not unencode Signature");
  }
  const url = `${origin}${request.path}${searchOf(withoutSignature(request.query))}`;
  const text = policyText(proof, url);
  const policy = text === undefined ? undefined : parseAccessPolicy(text);
  if (text === undefined || policy === undefined) {
    return xmlError("MalformedPolicy", "Malformed Policy");
  }
  const isSigned = !isRepeated(request.query) && isSignatureOf(text, { algorithm, key, signature });
  // The resource of a canned policy is the URL itself, in which `*` and `?` are no wildcards.
  const asked = proof.policy === undefined ? { ...policy, resource: undefined } : policy;
  return isSigned && allows(asked, { url, address: request.address, now })
    ? undefined
    : xmlError("AccessDenied", "Access denied");
}

function proofInUrl(query: Query): Proof | undefined {
  const values = new URLSearchParams(query.filter(isOfSignature).join("&"));
  return proofOf((name) => values.get(name) ?? undefined);
}

function proofInCookies(header: string): Proof | undefined {
  const values = new Map(
    header.split(/;\s*/).map((cookie) => [parameterName(cookie), parameterValue(cookie)]),
  );
  return proofOf((name) => values.get(`CloudFront-${name}`));
}

function proofOf(value: (name: string) => string | undefined): Proof | undefined {
  const keyPairId = value("Key-Pair-Id") ?? "";
  return keyPairId === ""
    ? undefined
    : {
        keyPairId,
        policy: value("Policy"),
        expires: value("Expires"),
        signature: value("Signature"),
        hashAlgorithm: value("Hash-Algorithm"),
      };
}

/** The very text that was signed. */
function policyText({ policy, expires }: Proof, url: string): string | undefined {
  if (policy !== undefined) {
    return decode(policy)?.toString("utf8");
  }
  return expires !== undefined && /^\d{1,15}$/.test(expires)
    ? cannedPolicy(url, expires)
    : undefined;
}

function isSignatureOf(
  text: string,
  by: { algorithm: string | undefined; key: KeyObject; signature: Buffer },
): boolean {
  return (
    by.algorithm !== undefined && verify(by.algorithm, Buffer.from(text), by.key, by.signature)
  );
}

/** Base64 with the three characters that URLs do not take put in other words: `-`, `_` and `~`. */
function decode(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9\-~]+_{0,2}$/.test(text)) {
    return undefined;
  }
  const standard = text.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
  return Buffer.from(standard, "base64");
}

/** Whether a parameter has two values, of which AWS does not say which counts. */
function isRepeated(query: Query): boolean {
  const names = query.filter(isOfSignature).map(parameterName);
  return new Set(names).size < names.length;
}

function isOfSignature(parameter: string): boolean {
  return parameters.includes(parameterName(parameter));
}
